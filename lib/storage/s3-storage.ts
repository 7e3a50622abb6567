import { Readable } from "node:stream";
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { AppError } from "#lib/domain/errors.ts";
import { s3Error, statusOf } from "./s3-error.ts";
import { checkStorageKey } from "./storage-key.ts";
import type { Storage } from "./storage.ts";

export type S3Place = {
  bucket: string;
  region: string;
  /** The address of an S3-compatible store; null for Amazon's own. */
  endpoint: string | null;
};

/** 10,000 parts of this size are 80 GB; two of them stand in memory for each upload. */
const partSizeBytes = 8 * 1024 * 1024;
const partsAtOnce = 2;
const connectTimeoutMs = 5_000;
/** Longest silence of the store. */
const silenceTimeoutMs = 60_000;

/**
 * Objects in a bucket. An object appears when its last part has arrived and the store has been told so, therefore no
 * temporary name is needed. Credentials come from where the AWS tools look for them.
 */
export function createS3Storage(place: S3Place): Storage {
  const client = createClient(place);
  const { bucket: Bucket } = place;
  const guard = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    try {
      return await run();
    } catch (error) {
      throw s3Error(error, place);
    }
  };

  const storage: Storage = {
    place: `the bucket ${Bucket}${place.endpoint ? ` at ${new URL(place.endpoint).host}` : ""}`,

    async write(key, bytes) {
      checkStorageKey(key);
      const source = new CountedSource(bytes);
      try {
        await upload(client, { Bucket, Key: key }, source);
      } catch (error) {
        // What broke the stream is the caller's own error, not the store's.
        throw source.error ?? s3Error(error, place);
      }
      const keptBytes = await storage.sizeBytes(key);
      if (keptBytes === source.sizeBytes) return { sizeBytes: keptBytes };
      await storage.remove(key);
      throw new AppError(
        "storage",
        `The store kept ${keptBytes ?? 0} of ${source.sizeBytes} bytes of ${key}. It is sent again.`,
      );
    },

    async *read(key, range) {
      checkStorageKey(key);
      if (range?.lengthBytes === 0) return;
      const Range = range && `bytes=${range.offsetBytes}-${range.offsetBytes + range.lengthBytes - 1}`;
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key, Range }));
        // In Node the body is a stream of Buffers.
        if (Body) yield* Body as AsyncIterable<Uint8Array>;
      } catch (error) {
        // A range behind the end is empty, as it is in a file.
        if (statusOf(error) === 416) return;
        throw s3Error(error, place);
      }
    },

    sizeBytes: (key) =>
      guard(async () => {
        checkStorageKey(key);
        try {
          const { ContentLength } = await client.send(new HeadObjectCommand({ Bucket, Key: key }));
          return ContentLength ?? null;
        } catch (error) {
          if (statusOf(error) === 404) return null;
          throw error;
        }
      }),

    remove: (key) =>
      guard(async () => {
        checkStorageKey(key);
        await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
      }),

    // Uploads in parts may be anybody's in this bucket; a lifecycle rule of the bucket takes away what a kill leaves.
    removeLeftovers: () => Promise.resolve({ count: 0, sizeBytes: 0 }),

    freeBytes: () => Promise.resolve(null),
  };
  return storage;
}

function createClient({ region, endpoint }: S3Place): S3Client {
  return new S3Client({
    region,
    endpoint: endpoint ?? undefined,
    // Other stores rarely have a name for each bucket in their DNS.
    forcePathStyle: endpoint !== null,
    // Not every store knows Amazon's newer checksums; sizes are compared instead.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      requestTimeout: silenceTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: silenceTimeoutMs,
    },
  });
}

/** In one piece when it is small, else in parts; a failed upload takes its parts away again. */
async function upload(
  client: S3Client,
  object: { Bucket: string; Key: string },
  source: CountedSource,
): Promise<void> {
  const body = Readable.from(source.chunks(), { objectMode: false });
  const sending = new Upload({
    client,
    params: { ...object, Body: body, ContentType: "application/x-ndjson" },
    partSize: partSizeBytes,
    queueSize: partsAtOnce,
    leavePartsOnError: false,
  });
  try {
    await sending.done();
  } finally {
    body.destroy();
  }
}

/** Counts bytes as they pass and remembers what broke them off. */
class CountedSource {
  sizeBytes = 0;
  error: unknown = null;
  readonly #bytes: AsyncIterable<Uint8Array>;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#bytes = bytes;
  }

  async *chunks(): AsyncIterable<Uint8Array> {
    const iterator = this.#bytes[Symbol.asyncIterator]();
    try {
      for (let next = await this.#read(iterator); !next.done; next = await this.#read(iterator)) {
        this.sizeBytes += next.value.byteLength;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }

  /** Only what the source throws counts: a failed upload throws its own abort into the generator. */
  async #read(iterator: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
    try {
      return await iterator.next();
    } catch (error) {
      this.error = error;
      throw error;
    }
  }
}
