import type { SandboxContext, Services } from "../http/endpoint.ts";
import { asObject, asText, bodyChunks, originOf, parseJson, textBody } from "../http/request.ts";
import { Spool } from "../http/spool.ts";
import type { FileRecord } from "../world/model.ts";
import { base36, base62 } from "../world/random.ts";
import { googleJson, googleError, invalidArgument, notFound } from "./errors.ts";
import { field } from "./fields.ts";
import { wireFile } from "./wire.ts";

const MAX_START_BYTES = 1 << 20;
const MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024;
const FILE_LIFE_MS = 48 * 3_600_000;
const CHUNK_GRANULARITY_BYTES = 8_388_608;

interface Session {
  readonly account: string;
  readonly fileId: string;
  readonly displayName: string | null;
  readonly mimeType: string;
  readonly spool: Spool;
}

/** Resumable uploads in progress. They are not kept over a restart; the client starts anew. */
export class Uploads {
  readonly #services: Services;
  readonly #sessions = new Map<string, Session>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Opens an upload and tells the URL that takes its bytes. */
  async start(context: SandboxContext, account: string): Promise<Response> {
    const { world } = this.#services;
    const body = asObject(parseJson((await textBody(context, MAX_START_BYTES)) || "{}"));
    if (body === null) throw invalidArgument("Invalid JSON payload received.");
    const file = asObject(body["file"]);
    const key = world.nextFileKey("google", account);
    const fileId = fileIdOf(field(file, "name"), key);
    if (world.file("google", account, fileId) !== null) {
      throw googleError(409, "ALREADY_EXISTS", `Resource files/${fileId} already exists.`);
    }
    const displayName = asText(field(file, "displayName"));
    if (displayName !== null && displayName.length > 512) {
      throw invalidArgument(
        "* CreateFileRequest.file.display_name: must be at most 512 characters",
        "file.display_name",
      );
    }
    const declaredType = context.req.header("x-goog-upload-header-content-type");
    const uploadId = base62(80, `upload:${key}`);
    this.#sessions.set(uploadId, {
      account,
      fileId,
      displayName,
      mimeType: asText(field(file, "mimeType")) ?? declaredType ?? "application/octet-stream",
      spool: new Spool(world.pathOf(`google-${account}-${fileId}`)),
    });
    const version = context.req.param("version") ?? "v1beta";
    const url = `${originOf(context)}/google/upload/${version}/files?upload_id=${uploadId}&upload_protocol=resumable`;
    return new Response("", {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "x-goog-upload-url": url,
        "x-goog-upload-control-url": url,
        "x-goog-upload-chunk-granularity": String(CHUNK_GRANULARITY_BYTES),
        "x-goog-upload-status": "active",
      },
    });
  }

  /** Takes one piece, or answers how much has arrived. The upload id alone is the permission. */
  async continue(context: SandboxContext): Promise<Response> {
    const uploadId = context.req.query("upload_id") ?? "";
    const session = this.#sessions.get(uploadId);
    if (session === undefined) throw notFound();
    const commands = (context.req.header("x-goog-upload-command") ?? "upload")
      .split(",")
      .map((word) => word.trim());
    if (commands.includes("query")) return active(session);
    if (commands.includes("cancel")) {
      this.#sessions.delete(uploadId);
      await session.spool.discard();
      return new Response("", { headers: { "x-goog-upload-status": "cancelled" } });
    }
    const offset = Number(context.req.header("x-goog-upload-offset") ?? 0);
    if (offset !== session.spool.sizeBytes) {
      throw invalidArgument(
        `Offset ${offset} does not match the ${session.spool.sizeBytes} bytes received so far.`,
      );
    }
    for await (const chunk of bodyChunks(context)) {
      if (session.spool.sizeBytes + chunk.length > MAX_FILE_BYTES) {
        throw invalidArgument("File size is too large. The maximum is 2147483648 bytes.");
      }
      await session.spool.write(chunk);
    }
    return commands.includes("finalize") ? this.#finalize(context, uploadId, session) : active(session);
  }

  async #finalize(context: SandboxContext, uploadId: string, session: Session): Promise<Response> {
    const spooled = await session.spool.finish();
    this.#sessions.delete(uploadId);
    const createdAtMs = this.#services.world.now();
    const file: FileRecord = {
      id: session.fileId,
      provider: "google",
      account: session.account,
      createdAtMs,
      expiresAtMs: createdAtMs + FILE_LIFE_MS,
      name: session.displayName,
      purpose: "",
      mimeType: session.mimeType,
      sizeBytes: spooled.sizeBytes,
      sha256Hex: spooled.sha256Hex,
      path: session.spool.path,
      deletedAtMs: null,
    };
    this.#services.world.addFile(file);
    const headers = new Headers({ "x-goog-upload-status": "final" });
    return googleJson({ file: wireFile(this.#services, file, originOf(context)) }, 200, headers);
  }
}

function active(session: Session): Response {
  return new Response("", {
    headers: {
      "x-goog-upload-status": "active",
      "x-goog-upload-size-received": String(session.spool.sizeBytes),
      "x-goog-upload-chunk-granularity": String(CHUNK_GRANULARITY_BYTES),
    },
  });
}

function fileIdOf(name: unknown, key: string): string {
  const given = asText(name)?.replace(/^files\//, "");
  if (given === undefined || given === "") return base36(12, `file:${key}`);
  if (given.length > 40) {
    throw invalidArgument(
      "* CreateFileRequest.file.name: File ID (name excluding 'files/') cannot be more than 40 characters.",
    );
  }
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(given)) {
    throw invalidArgument(
      "* CreateFileRequest.file.name: File ID may only contain lowercase alphanumeric characters or dashes.",
    );
  }
  return given;
}
