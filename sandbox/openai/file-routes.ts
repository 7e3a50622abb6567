import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import { endpoint, type SandboxContext, type Services } from "../http/endpoint.ts";
import { damagedLines } from "../http/line-faults.ts";
import { bodyOfLines } from "../http/streams.ts";
import type { ResultPart } from "../world/results.ts";
import { authenticate } from "./authenticate.ts";
import { openAiError, openAiJson, openAiManners, unknownFile } from "./errors.ts";
import { openAiMadeUpLine } from "./lines.ts";
import { choiceOf, limitOf } from "./parameters.ts";
import { receiveUpload } from "./upload.ts";
import { batchFile, uploadedFile, wireFile, type BatchFile, type WireFile } from "./wire.ts";

/** Below this many answer tokens a result is written once beforehand, so that its length can be announced. */
const COUNTED_TOKENS = 2_000_000;

type Listed = WireFile | BatchFile;

/** `/v1/files`. */
export function addFileRoutes(app: Hono<{ Bindings: HttpBindings }>, services: Services): void {
  const route = (name: string, handler: (context: SandboxContext, account: string) => Promise<Response>) =>
    endpoint(services, openAiManners, name, (context) => handler(context, authenticate(services, context)));

  app.post(
    "/v1/files",
    route("files.create", async (context, account) => {
      const file = await receiveUpload(services, context, account);
      return openAiJson(wireFile(services, uploadedFile(file)));
    }),
  );
  app.get(
    "/v1/files",
    route("files.list", (context, account) => listFiles(services, context, account)),
  );
  app.get(
    "/v1/files/:id",
    route("files.get", async (context, account) => {
      const file = await findFile(services, account, idOf(context));
      return openAiJson(wireFile(services, await sized(services, file)));
    }),
  );
  app.delete(
    "/v1/files/:id",
    route("files.delete", async (context, account) => {
      const id = idOf(context);
      await findFile(services, account, id);
      const uploaded = services.world.file("openai", account, id);
      if (uploaded === null) services.world.deleteBatchFile(id);
      else services.world.deleteFile(uploaded);
      return openAiJson({ object: "file", id, deleted: true });
    }),
  );
  app.get(
    "/v1/files/:id/content",
    route("files.content", (context, account) => download(services, account, idOf(context))),
  );
}

function idOf(context: SandboxContext): string {
  return context.req.param("id") ?? "";
}

async function findFile(services: Services, account: string, id: string): Promise<Listed> {
  const uploaded = services.world.file("openai", account, id);
  if (uploaded !== null) return uploadedFile(uploaded);
  const known = services.world.batchOfFile("openai", account, id);
  if (known === null) throw unknownFile(id);
  const file = await batchFile(services, await services.world.settled(known.batch), known.role);
  if (file === null) throw unknownFile(id);
  return file;
}

async function sized(services: Services, file: Listed): Promise<WireFile> {
  return "role" in file ? { ...file, sizeBytes: await sizeOf(services, file) } : file;
}

async function sizeOf(services: Services, file: BatchFile): Promise<number> {
  if (file.role !== "input") {
    return services.world.results.sizeBytes(file.batch, services.world.moment(file.batch), partOf(file));
  }
  let bytes = 0;
  for await (const line of madeUpLines(file)) bytes += Buffer.byteLength(line);
  return bytes;
}

function partOf(file: BatchFile): ResultPart {
  return file.role === "output" ? "answered" : "unanswered";
}

async function* madeUpLines({ batch }: BatchFile): AsyncGenerator<string> {
  const requests = batch.input.kind === "made-up" ? batch.input.requests : 0;
  for (let index = 0; index < requests; index++) yield `${openAiMadeUpLine(batch, index)}\n`;
}

async function listFiles(services: Services, context: SandboxContext, account: string): Promise<Response> {
  const { after, limit, order, purpose } = context.req.query();
  const count = limitOf(limit, 10_000, 1, 10_000);
  const direction = order === undefined ? "desc" : choiceOf(order, "order", ["asc", "desc"]);
  let files = (await allFiles(services, account)).filter((file) => !purpose || file.purpose === purpose);
  files.sort((left, right) => right.createdAtMs - left.createdAtMs);
  if (direction === "asc") files.reverse();
  if (after !== undefined && after !== "") {
    const at = files.findIndex((file) => file.id === after);
    if (at === -1) throw unknownFile(after);
    files = files.slice(at + 1);
  }
  const page: WireFile[] = [];
  for (const file of files.slice(0, count)) page.push(await sized(services, file));
  return openAiJson({
    object: "list",
    data: page.map((file) => wireFile(services, file)),
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: files.length > count,
  });
}

async function allFiles(services: Services, account: string): Promise<Listed[]> {
  const files: Listed[] = [...services.world.files("openai", account)].map(uploadedFile);
  for (const batch of services.world.batches("openai", account)) {
    for (const role of ["input", "output", "error"] as const) {
      const file = await batchFile(services, await services.world.settled(batch), role);
      if (file !== null) files.push(file);
    }
  }
  return files;
}

async function download(services: Services, account: string, id: string): Promise<Response> {
  const file = await findFile(services, account, id);
  const headers = new Headers({
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="${file.filename}"`,
  });
  if (!("role" in file)) {
    if (file.purpose === "assistants" || file.purpose === "user_data") {
      throw openAiError(400, `Not allowed to download files of purpose: ${file.purpose}`);
    }
    headers.set("content-length", String(file.sizeBytes));
    const path = services.world.file("openai", account, id)?.path ?? "";
    return new Response(webStream(createReadStream(/*turbopackIgnore: true*/ path)), { headers });
  }
  const moment = services.world.moment(file.batch);
  const { results } = services.world;
  const plain = file.role === "input" ? madeUpLines(file) : results.lines(file.batch, moment, partOf(file));
  const lines = damagedLines(services, "openai", "files.content", plain);
  const isSmall = (file.batch.summary?.tokens.output ?? 0) < COUNTED_TOKENS;
  const known = isSmall ? await sizeOf(services, file) : results.knownSizeBytes(file.batch, partOf(file));
  if (known !== null && lines === plain) headers.set("content-length", String(known));
  return new Response(bodyOfLines(lines), { headers });
}

/** A Node stream as the body of a response. */
function webStream(stream: Readable): ReadableStream<Uint8Array> {
  // Node's and the DOM's declarations of the same class differ in details that do not matter here.
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}
