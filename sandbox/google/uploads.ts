import type { SandboxContext, Services } from "../http/endpoint.ts";
import { asObject, asText, bodyChunks, originOf, parseJson, textBody } from "../http/request.ts";
import { Spool } from "../http/spool.ts";
import type { FileRecord, UploadRecord } from "../world/model.ts";
import { base36, base62 } from "../world/random.ts";
import { googleJson, googleError, invalidArgument, notFound } from "./errors.ts";
import { field } from "./fields.ts";
import { wireFile } from "./wire.ts";

const MAX_START_BYTES = 1 << 20;
const MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024;
const FILE_LIFE_MS = 48 * 3_600_000;
const UPLOAD_LIFE_MS = 48 * 3_600_000;
const CHUNK_GRANULARITY_BYTES = 8_388_608;

/** Resumable uploads in progress; after a restart they go on where they stopped. */
export class Uploads {
  readonly #services: Services;
  readonly #spools = new Map<string, Promise<Spool>>();

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
    world.saveUpload({
      id: uploadId,
      provider: "google",
      account,
      createdAtMs: world.now(),
      expiresAtMs: world.now() + UPLOAD_LIFE_MS,
      fileId,
      name: displayName,
      purpose: "",
      mimeType: asText(field(file, "mimeType")) ?? declaredType ?? "application/octet-stream",
      sizeBytes: null,
      path: world.pathOf(`google-${account}-${fileId}-${uploadId.slice(0, 12)}`),
      parts: [],
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
    const upload = this.#services.world.upload("google", context.req.query("upload_id") ?? "");
    if (upload === null) throw notFound();
    const spool = await this.#spoolOf(upload);
    const commands = (context.req.header("x-goog-upload-command") ?? "upload")
      .split(",")
      .map((word) => word.trim());
    if (commands.includes("query")) return active(spool);
    if (commands.includes("cancel")) {
      this.#end(upload);
      await spool.discard();
      return new Response("", { headers: { "x-goog-upload-status": "cancelled" } });
    }
    const offset = Number(context.req.header("x-goog-upload-offset") ?? 0);
    if (offset !== spool.sizeBytes) {
      throw invalidArgument(`Offset ${offset} does not match the ${spool.sizeBytes} bytes received so far.`);
    }
    for await (const chunk of bodyChunks(context)) {
      if (spool.sizeBytes + chunk.length > MAX_FILE_BYTES) {
        throw invalidArgument("File size is too large. The maximum is 2147483648 bytes.");
      }
      await spool.write(chunk);
    }
    if (commands.includes("finalize")) return this.#finalize(context, upload, spool);
    await spool.flush();
    return active(spool);
  }

  #spoolOf(upload: UploadRecord): Promise<Spool> {
    const known = this.#spools.get(upload.id);
    if (known !== undefined) return known;
    const opened = Spool.resume(upload.path);
    this.#spools.set(upload.id, opened);
    return opened;
  }

  #end(upload: UploadRecord): void {
    this.#spools.delete(upload.id);
    this.#services.world.endUpload(upload.id);
  }

  async #finalize(context: SandboxContext, upload: UploadRecord, spool: Spool): Promise<Response> {
    const spooled = await spool.finish();
    const createdAtMs = this.#services.world.now();
    const file: FileRecord = {
      id: upload.fileId,
      provider: "google",
      account: upload.account,
      createdAtMs,
      expiresAtMs: createdAtMs + FILE_LIFE_MS,
      name: upload.name,
      purpose: "",
      mimeType: upload.mimeType,
      sizeBytes: spooled.sizeBytes,
      sha256Hex: spooled.sha256Hex,
      path: upload.path,
      deletedAtMs: null,
    };
    this.#services.world.addFile(file);
    this.#end(upload);
    const headers = new Headers({ "x-goog-upload-status": "final" });
    return googleJson({ file: wireFile(this.#services, file, originOf(context)) }, 200, headers);
  }
}

function active(spool: Spool): Response {
  return new Response("", {
    headers: {
      "x-goog-upload-status": "active",
      "x-goog-upload-size-received": String(spool.sizeBytes),
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
