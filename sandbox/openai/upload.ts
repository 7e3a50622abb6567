import { asObject, bodyChunks, parseJson } from "../http/request.ts";
import type { SandboxContext, Services } from "../http/endpoint.ts";
import { formParts, MalformedForm } from "../http/multipart.ts";
import { Spool, type Spooled } from "../http/spool.ts";
import { WireError } from "../http/wire-error.ts";
import type { FileRecord } from "../world/model.ts";
import { openAiFileId } from "../world/new-batch.ts";
import { missingParameter, openAiError } from "./errors.ts";
import { choiceOf, expirySecondsOf } from "./parameters.ts";
import { FILE_LIFE_SECONDS } from "./wire.ts";

const MAX_FILE_BYTES = 512 * 1024 * 1024;
const MAX_FIELD_BYTES = 64 * 1024;
export const PURPOSES = ["assistants", "batch", "fine-tune", "vision", "user_data", "evals"];

interface Form {
  readonly fields: Map<string, string>;
  readonly spool: Spool | null;
  readonly filename: string | null;
}

/** Takes an upload: the file goes to disk as it arrives, since its purpose may come after it. */
export async function receiveUpload(
  services: Services,
  context: SandboxContext,
  account: string,
): Promise<FileRecord> {
  const id = openAiFileId(services.world.nextFileKey("openai", account));
  const path = services.world.pathOf(id);
  const form = await readForm(context, path);
  try {
    return await fileOf(services, account, id, path, form);
  } catch (error) {
    await form.spool?.discard();
    throw error;
  }
}

async function readForm(context: SandboxContext, path: string): Promise<Form> {
  const fields = new Map<string, string>();
  let spool: Spool | null = null;
  let filename: string | null = null;
  try {
    const contentType = context.req.header("content-type") ?? "";
    for await (const part of formParts(contentType, bodyChunks(context))) {
      if (part.name !== "file" || spool !== null) {
        fields.set(part.name, await fieldText(part.chunks));
        continue;
      }
      spool = new Spool(path);
      filename = part.filename;
      for await (const chunk of part.chunks) {
        if (spool.sizeBytes + chunk.length > MAX_FILE_BYTES) throw openAiError(413, "File is too large.");
        await spool.write(chunk);
      }
    }
  } catch (error) {
    await spool?.discard();
    if (error instanceof MalformedForm) {
      throw openAiError(400, "Could not parse multipart form");
    }
    throw error;
  }
  return { fields, spool, filename };
}

async function fieldText(chunks: AsyncGenerator<Buffer>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) if (text.length < MAX_FIELD_BYTES) text += chunk.toString("utf8");
  return text;
}

async function fileOf(
  services: Services,
  account: string,
  id: string,
  path: string,
  form: Form,
): Promise<FileRecord> {
  if (form.spool === null) throw missingParameter("file");
  const purpose = choiceOf(form.fields.get("purpose"), "purpose", PURPOSES);
  const life = lifeSeconds(form.fields);
  const spooled = await form.spool.finish();
  return noteFile(services, { id, account, name: form.filename, purpose, path, lifeSeconds: life, spooled });
}

/** A file that has arrived. */
export interface Arrived {
  readonly id: string;
  readonly account: string;
  readonly name: string | null;
  readonly purpose: string;
  readonly path: string;
  /** What the caller asked for; null for what the purpose gives. */
  readonly lifeSeconds: number | null;
  readonly spooled: Spooled;
}

/** Notes a file whose bytes are on disk; 400 when it is not what its purpose asks for. */
export function noteFile(services: Services, arrived: Arrived): FileRecord {
  const { id, account, name, purpose, path, spooled } = arrived;
  if (purpose === "batch" && !looksLikeLines(name, spooled)) throw notLines();
  const life = arrived.lifeSeconds ?? (purpose === "batch" ? FILE_LIFE_SECONDS : null);
  const createdAtMs = services.world.now();
  const file: FileRecord = {
    id,
    provider: "openai",
    account,
    createdAtMs,
    expiresAtMs: life === null ? null : createdAtMs + life * 1_000,
    name,
    purpose,
    mimeType: null,
    sizeBytes: spooled.sizeBytes,
    sha256Hex: spooled.sha256Hex,
    path,
    deletedAtMs: null,
  };
  services.world.addFile(file);
  return file;
}

function lifeSeconds(fields: Map<string, string>): number | null {
  const seconds = fields.get("expires_after[seconds]");
  return seconds === undefined
    ? null
    : expirySecondsOf(fields.get("expires_after[anchor]"), seconds, "expires_after");
}

/** Only the name and the first line are looked at; bad later lines show when a batch is validated. */
function looksLikeLines(filename: string | null, { head, sizeBytes }: Spooled): boolean {
  if (sizeBytes === 0) return false;
  if (filename !== null && /\.[a-z0-9]+$/i.test(filename) && !/\.jsonl$/i.test(filename)) return false;
  const end = head.indexOf(10);
  // A first line longer than what was kept cannot be judged, and is let through.
  if (end === -1 && sizeBytes > head.length) return true;
  const first = head.subarray(0, end === -1 ? head.length : end).toString("utf8");
  // A byte order mark is let through here and found when a batch is validated.
  return asObject(parseJson(first.replace(/^\uFEFF/, ""))) !== null;
}

function notLines(): WireError {
  const message = "Invalid file format for Batch API. Must be .jsonl";
  return new WireError(400, {
    error: { message, type: "invalid_request_error", param: null, code: null },
    detail: { message, code: null },
  });
}
