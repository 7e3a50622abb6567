import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/**
 * A store that speaks as much of S3's wire as the storage needs, in memory. It leaves out signatures and rights: a
 * request is taken as signed when it has an Authorization header at all.
 */
export type S3TestServer = {
  url: string;
  /** What the bucket holds. */
  objects: Map<string, Buffer>;
  /** Uploads in parts that were neither completed nor aborted. */
  openUploads(): number;
  /** Answers requests that it returns a refusal for with that, before anything is done. */
  refuse: (request: { method: string; isPart: boolean }) => { status: number; code: string } | null;
  /** Whole objects are cut to this length, as by a store that loses bytes. */
  keepAtMostBytes: number;
  /** Parts that arrived, over all uploads. */
  partCount: number;
  close(): Promise<void>;
};

type Upload = { key: string; parts: Map<number, Buffer> };
type Call = { method: string; key: string; query: URLSearchParams; body: Buffer; range: string | undefined };

/** Starts the store with one empty bucket on a free port. */
export async function startS3Server(bucket: string): Promise<S3TestServer> {
  const uploads = new Map<string, Upload>();
  const store: S3TestServer = {
    url: "",
    objects: new Map(),
    openUploads: () => uploads.size,
    refuse: () => null,
    keepAtMostBytes: Infinity,
    partCount: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => answer(store, uploads, bucket, request, body, response))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The system gave no port.");
  store.url = `http://127.0.0.1:${address.port}`;
  return store;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function answer(
  store: S3TestServer,
  uploads: Map<string, Upload>,
  bucket: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? "/", "http://store");
  const [, named = "", ...rest] = url.pathname.split("/");
  const { method = "GET" } = request;
  const isPart = url.searchParams.has("partNumber");
  const refusal = store.refuse({ method, isPart });
  if (refusal) return sendError(response, refusal.status, refusal.code);
  if (!request.headers.authorization) return sendError(response, 403, "AccessDenied");
  if (named !== bucket) return sendError(response, 404, "NoSuchBucket");
  const call = { method, key: rest.join("/"), query: url.searchParams, body, range: request.headers.range };
  if (call.query.has("uploads") || call.query.has("uploadId"))
    return answerUpload(store, uploads, call, response);
  answerObject(store, call, response);
}

function answerUpload(
  store: S3TestServer,
  uploads: Map<string, Upload>,
  { method, key, query, body }: Call,
  response: ServerResponse,
): void {
  if (query.has("uploads")) {
    const id = `upload-${store.partCount}-${uploads.size + 1}`;
    uploads.set(id, { key, parts: new Map() });
    return sendXml(
      response,
      `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }
  const id = query.get("uploadId") ?? "";
  const upload = uploads.get(id);
  if (!upload) return sendError(response, 404, "NoSuchUpload");
  if (method === "PUT") {
    store.partCount += 1;
    upload.parts.set(Number(query.get("partNumber")), body);
    response.setHeader("etag", etagOf(body));
    return void response.end();
  }
  uploads.delete(id);
  if (method === "DELETE") return void response.writeHead(204).end();
  const numbers = [...upload.parts.keys()].toSorted((left, right) => left - right);
  store.objects.set(key, Buffer.concat(numbers.map((number) => upload.parts.get(number) ?? Buffer.alloc(0))));
  sendXml(response, `<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>`);
}

function answerObject(
  store: S3TestServer,
  { method, key, body, range }: Call,
  response: ServerResponse,
): void {
  if (method === "PUT") {
    store.objects.set(key, body.subarray(0, store.keepAtMostBytes));
    response.setHeader("etag", etagOf(body));
    return void response.end();
  }
  if (method === "DELETE") {
    store.objects.delete(key);
    return void response.writeHead(204).end();
  }
  const object = store.objects.get(key);
  if (!object) return sendError(response, 404, "NoSuchKey");
  if (method === "HEAD") return void response.writeHead(200, { "content-length": object.length }).end();
  const [first, last] = (/^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? []).slice(1).map(Number);
  if (first === undefined || last === undefined) return void response.end(object);
  if (first >= object.length) return sendError(response, 416, "InvalidRange");
  const part = object.subarray(first, last + 1);
  response.writeHead(206, {
    "content-length": part.length,
    "content-range": `bytes ${first}-${first + part.length - 1}/${object.length}`,
  });
  response.end(part);
}

function etagOf(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}

function sendXml(response: ServerResponse, xml: string, status = 200): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
}

function sendError(response: ServerResponse, status: number, code: string): void {
  sendXml(response, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`, status);
}
