import { createReadStream, rmSync } from "node:fs";
import type { Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import { endpoint, type SandboxContext, type Services } from "../http/endpoint.ts";
import { formParts, MalformedForm } from "../http/multipart.ts";
import { asArray, asNumber, asText, bodyChunks } from "../http/request.ts";
import { Spool } from "../http/spool.ts";
import type { FileRecord, UploadRecord } from "../world/model.ts";
import { openAiFileId, openAiIdEnd } from "../world/new-batch.ts";
import { authenticate } from "./authenticate.ts";
import { missingParameter, openAiError, openAiJson, openAiManners } from "./errors.ts";
import { readJsonBody } from "./json-body.ts";
import { choiceOf, wrongType } from "./parameters.ts";
import { noteFile, PURPOSES } from "./upload.ts";
import { uploadedFile, wireFile, wireSeconds } from "./wire.ts";

const MAX_UPLOAD_BYTES = 8 * 1024 ** 3;
const MAX_PART_BYTES = 64 * 1024 * 1024;
const UPLOAD_LIFE_MS = 3_600_000;

/** `/v1/uploads`: files that arrive in parts. */
export function addPartUploadRoutes(app: Hono<{ Bindings: HttpBindings }>, services: Services): void {
  const route = (name: string, handler: (context: SandboxContext, account: string) => Promise<Response>) =>
    endpoint(services, openAiManners, name, (context) => handler(context, authenticate(services, context)));

  app.post(
    "/v1/uploads",
    route("uploads.create", async (context, account) => {
      const upload = newUpload(services, account, await readJsonBody(context));
      services.world.saveUpload(upload);
      return openAiJson(wireUpload(services, upload, "pending", null));
    }),
  );
  app.post(
    "/v1/uploads/:id/parts",
    route("uploads.parts", async (context, account) => {
      const upload = findUpload(services, context, account);
      const id = await receivePart(services, context, upload);
      const createdAt = wireSeconds(services, services.world.now());
      return openAiJson({ id, object: "upload.part", created_at: createdAt, upload_id: upload.id });
    }),
  );
  app.post(
    "/v1/uploads/:id/complete",
    route("uploads.complete", async (context, account) => {
      const upload = findUpload(services, context, account);
      const file = await complete(services, upload, await readJsonBody(context));
      return openAiJson(wireUpload(services, upload, "completed", file));
    }),
  );
  app.post(
    "/v1/uploads/:id/cancel",
    route("uploads.cancel", async (context, account) => {
      const upload = findUpload(services, context, account);
      services.world.endUpload(upload.id);
      removeParts(upload);
      return Promise.resolve(openAiJson(wireUpload(services, upload, "cancelled", null)));
    }),
  );
}

function newUpload(
  services: Services,
  account: string,
  body: Readonly<Record<string, unknown>>,
): UploadRecord {
  const name = textOf(body, "filename");
  const mimeType = textOf(body, "mime_type");
  const purpose = choiceOf(body["purpose"], "purpose", PURPOSES);
  if (body["bytes"] === undefined) throw missingParameter("bytes");
  const sizeBytes = asNumber(body["bytes"]);
  if (sizeBytes === null || !Number.isInteger(sizeBytes))
    throw wrongType("bytes", "an integer", body["bytes"]);
  if (sizeBytes > MAX_UPLOAD_BYTES) {
    const message = `Invalid 'bytes': integer above maximum value. Expected a value <= ${MAX_UPLOAD_BYTES}, but got ${sizeBytes} instead.`;
    throw openAiError(400, message, { code: "integer_above_max_value", param: "bytes" });
  }
  const { world } = services;
  const key = world.nextFileKey("openai", account);
  const fileId = openAiFileId(key);
  const createdAtMs = world.now();
  return {
    id: `upload_${timeHex(createdAtMs)}${openAiIdEnd(`upload:${key}`)}`,
    provider: "openai",
    account,
    createdAtMs,
    expiresAtMs: createdAtMs + UPLOAD_LIFE_MS,
    fileId,
    name,
    purpose,
    mimeType,
    sizeBytes,
    path: world.pathOf(fileId),
    parts: [],
  };
}

function timeHex(atMs: number): string {
  return Math.floor(atMs / 1_000).toString(16);
}

function textOf(body: Readonly<Record<string, unknown>>, name: string): string {
  if (body[name] === undefined) throw missingParameter(name);
  const text = asText(body[name]);
  if (text === null) throw wrongType(name, "a string", body[name]);
  return text;
}

function findUpload(services: Services, context: SandboxContext, account: string): UploadRecord {
  const id = context.req.param("id") ?? "";
  const upload = services.world.upload("openai", id);
  if (upload !== null && upload.account === account) return upload;
  throw openAiError(404, `No such Upload object: ${id}`, { param: "upload_id" });
}

async function receivePart(
  services: Services,
  context: SandboxContext,
  upload: UploadRecord,
): Promise<string> {
  const { world } = services;
  const key = world.nextFileKey("openai", upload.account);
  const id = `part_${timeHex(world.now())}${openAiIdEnd(`part:${key}`)}`;
  const spool = new Spool(world.pathOf(id));
  try {
    await spoolPart(context, spool);
    await spool.finish();
  } catch (error) {
    await spool.discard();
    throw error;
  }
  // Parts may arrive side by side: the newest state of the upload gets this one.
  const latest = world.upload("openai", upload.id) ?? upload;
  world.saveUpload({ ...latest, parts: [...latest.parts, { id, path: spool.path }] });
  return id;
}

async function spoolPart(context: SandboxContext, spool: Spool): Promise<void> {
  let hasData = false;
  try {
    for await (const part of formParts(context.req.header("content-type") ?? "", bodyChunks(context))) {
      if (part.name !== "data") continue;
      hasData = true;
      for await (const chunk of part.chunks) {
        if (spool.sizeBytes + chunk.length > MAX_PART_BYTES) throw openAiError(413, "Part is too large.");
        await spool.write(chunk);
      }
    }
  } catch (error) {
    if (error instanceof MalformedForm) throw openAiError(400, "Could not parse multipart form");
    throw error;
  }
  if (!hasData) throw missingParameter("data");
}

async function complete(
  services: Services,
  upload: UploadRecord,
  body: Readonly<Record<string, unknown>>,
): Promise<FileRecord> {
  const ids = asArray(body["part_ids"]);
  if (ids === null) throw missingParameter("part_ids");
  const spool = new Spool(upload.path);
  try {
    for (const id of ids) {
      const part = upload.parts.find((known) => known.id === id);
      if (part === undefined) {
        throw openAiError(400, `Invalid part id: ${String(id)}`, {
          code: "invalid_value",
          param: "part_ids",
        });
      }
      const bytes: AsyncIterable<Buffer> = createReadStream(/*turbopackIgnore: true*/ part.path);
      for await (const chunk of bytes) await spool.write(chunk);
    }
    if (spool.sizeBytes !== upload.sizeBytes) {
      const message = `The parts hold ${spool.sizeBytes} bytes, but ${String(upload.sizeBytes)} were announced.`;
      throw openAiError(400, message, { code: "invalid_value", param: "bytes" });
    }
    const spooled = await spool.finish();
    const file = noteFile(services, {
      id: upload.fileId,
      account: upload.account,
      name: upload.name,
      purpose: upload.purpose,
      path: upload.path,
      lifeSeconds: null,
      spooled,
    });
    services.world.endUpload(upload.id);
    removeParts(upload);
    return file;
  } catch (error) {
    await spool.discard();
    throw error;
  }
}

function removeParts(upload: UploadRecord): void {
  for (const part of upload.parts) rmSync(part.path, { force: true });
}

function wireUpload(
  services: Services,
  upload: UploadRecord,
  status: "pending" | "completed" | "cancelled",
  file: FileRecord | null,
): unknown {
  return {
    id: upload.id,
    object: "upload",
    bytes: upload.sizeBytes,
    created_at: wireSeconds(services, upload.createdAtMs),
    filename: upload.name,
    purpose: upload.purpose,
    status,
    expires_at: wireSeconds(services, upload.expiresAtMs),
    file: file === null ? null : wireFile(services, uploadedFile(file)),
  };
}
