import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { messageOf, ProviderError } from "#lib/domain/errors.ts";
import { randomToken } from "#lib/domain/ids.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import type { BatchRequest } from "#lib/domain/request.ts";
import { abortedError } from "./provider-failure.ts";
import type { BatchProvider, CallOptions, SubmitInput } from "./provider.ts";

export type SpooledFile = { path: string; sizeBytes: number };

/** How a provider writes its requests into one body: JSON lines, or one JSON object around a list. */
export type SpoolFormat = {
  head: string;
  separator: string;
  tail: string;
  encode: (request: BatchRequest) => string;
};

const chunkCharacters = 64 * 1024;

/**
 * Writes the requests of a job to a temporary file, hands it to `use` and removes it whatever happens. The file lets an
 * upload of any size go out with its length known and without standing in memory. Refuses a job that is over the
 * provider's limits before a byte is sent. An error of the request source itself passes through unchanged.
 */
export async function withSpooledRequests<Result>(
  provider: Pick<BatchProvider, "id" | "capabilities">,
  input: SubmitInput,
  format: SpoolFormat,
  options: CallOptions & { directory: string },
  use: (file: SpooledFile) => Promise<Result>,
): Promise<Result> {
  refuseRequestCount(provider, input);
  if (options.signal?.aborted) throw abortedError(provider.id);
  const path = join(options.directory, `${provider.id}-${randomToken(16)}.jsonl`);
  try {
    const sizeBytes = await writeRequests(provider, input, format, options, path);
    return await use({ path, sizeBytes });
  } finally {
    // A file that cannot be removed costs disk space; an error from here would hide a batch that now exists.
    await rm(path, { force: true }).catch(() => undefined);
  }
}

async function writeRequests(
  provider: Pick<BatchProvider, "id" | "capabilities">,
  input: SubmitInput,
  format: SpoolFormat,
  options: CallOptions & { directory: string },
  path: string,
): Promise<number> {
  let sizeBytes = 0;
  let hasSourceFailed = false;
  async function* chunks(): AsyncIterable<string> {
    try {
      for await (const chunk of encodedChunks(provider, input, format)) {
        sizeBytes += Buffer.byteLength(chunk);
        refuseSize(provider, sizeBytes);
        yield chunk;
      }
    } catch (error) {
      hasSourceFailed = true;
      throw error;
    }
  }
  try {
    await mkdir(options.directory, { recursive: true, mode: 0o700 });
    await pipeline(Readable.from(chunks()), createWriteStream(path, { mode: 0o600 }), {
      signal: options.signal,
    });
    return sizeBytes;
  } catch (error) {
    if (options.signal?.aborted) throw abortedError(provider.id);
    if (hasSourceFailed) throw error;
    throw new ProviderError(
      `The requests for ${providerLabels[provider.id]} could not be written to ${options.directory}: ${messageOf(error)}. ` +
        "Make room there or set BATCHMARK_DATA_DIR to another folder.",
      { provider: provider.id, kind: "not_configured", isRetryable: true, cause: error },
    );
  }
}

/** The body in pieces of about 64 KiB: writing each request on its own would cost more than encoding it. */
async function* encodedChunks(
  provider: Pick<BatchProvider, "id">,
  input: SubmitInput,
  format: SpoolFormat,
): AsyncIterable<string> {
  let chunk = format.head;
  let requestCount = 0;
  for await (const request of input.requests()) {
    chunk += `${requestCount > 0 ? format.separator : ""}${format.encode(request)}`;
    requestCount += 1;
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = "";
  }
  if (requestCount !== input.requestCount) {
    throw refusal(
      provider.id,
      `${input.requestCount} requests were announced and ${requestCount} came. Launch the job again.`,
    );
  }
  yield chunk + format.tail;
}

function refuseRequestCount(
  { id, capabilities }: Pick<BatchProvider, "id" | "capabilities">,
  { requestCount }: SubmitInput,
): void {
  const label = providerLabels[id];
  if (requestCount < 1) throw refusal(id, `A job for ${label} needs at least one request.`);
  if (requestCount <= capabilities.maxRequestsPerJob) return;
  const limit = capabilities.maxRequestsPerJob.toLocaleString("en-US");
  throw refusal(id, `${label} takes at most ${limit} requests in one job. Split it into more jobs.`);
}

function refuseSize(
  { id, capabilities }: Pick<BatchProvider, "id" | "capabilities">,
  sizeBytes: number,
): void {
  if (sizeBytes <= capabilities.maxInputBytes) return;
  const limit = Math.floor(capabilities.maxInputBytes / 1_000_000);
  throw refusal(
    id,
    `The requests are over the ${limit} MB that ${providerLabels[id]} takes in one job. Split it into more jobs.`,
  );
}

function refusal(provider: BatchProvider["id"], message: string): ProviderError {
  return new ProviderError(message, { provider, kind: "invalid_request", isRetryable: false });
}
