import type { Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import { endpoint, type SandboxContext, type Services } from "../http/endpoint.ts";
import { damagedLines } from "../http/line-faults.ts";
import { originOf } from "../http/request.ts";
import { bodyOfLines } from "../http/streams.ts";
import type { FileRecord } from "../world/model.ts";
import { authenticate } from "./authenticate.ts";
import { targetOf } from "./batch-routes.ts";
import { googleJson, googleManners, invalidArgument, noSuchFile, notFound } from "./errors.ts";
import { pageOf, wirePage } from "./page.ts";
import { Uploads } from "./uploads.ts";
import { resultPart, wireFile } from "./wire.ts";

const FILE_PAGES = { default: 10, maximum: 100 };
const MAX_FILE_ID_CHARACTERS = 40;

/** Upload, `files`, and downloads under both of their paths. */
export function addFileRoutes(app: Hono<{ Bindings: HttpBindings }>, services: Services): void {
  const uploads = new Uploads(services);
  const start = endpoint(services, googleManners, "files.create", (context) =>
    uploads.start(context, authenticate(services, context)),
  );
  const piece = endpoint(services, googleManners, "files.upload", (context) => uploads.continue(context));
  app.post("/upload/:version{v1(?:beta|alpha)?}/files", (context) =>
    context.req.query("upload_id") === undefined ? start(context) : piece(context),
  );
  app.put("/upload/:version{v1(?:beta|alpha)?}/files", piece);
  app.get(
    "/:version{v1(?:beta|alpha)?}/files",
    endpoint(services, googleManners, "files.list", (context) => {
      const files = [...services.world.files("google", authenticate(services, context))];
      const page = pageOf(files, (file) => file.id, context.req.query(), FILE_PAGES);
      const data = page.items.map((file) => wireFile(services, file, originOf(context)));
      return googleJson(wirePage("files", data, page));
    }),
  );
  const get = endpoint(services, googleManners, "files.get", (context) => {
    const account = authenticate(services, context);
    const file = findFile(services, account, targetOf(context).id, "GetFileRequest");
    return googleJson(wireFile(services, file, originOf(context)));
  });
  const content = endpoint(services, googleManners, "files.download", (context) =>
    download(services, context, authenticate(services, context)),
  );
  app.get("/:version{v1(?:beta|alpha)?}/files/:target", (context) =>
    targetOf(context).verb === "download" ? content(context) : get(context),
  );
  app.get("/download/:version{v1(?:beta|alpha)?}/files/:target", content);
  app.delete(
    "/:version{v1(?:beta|alpha)?}/files/:target",
    endpoint(services, googleManners, "files.delete", (context) => {
      const account = authenticate(services, context);
      services.world.deleteFile(findFile(services, account, targetOf(context).id, "DeleteFileRequest"));
      return googleJson({});
    }),
  );
}

function findFile(services: Services, account: string, id: string, request: string): FileRecord {
  if (id.length > MAX_FILE_ID_CHARACTERS) {
    throw invalidArgument(
      `* ${request}.name: File ID (name excluding 'files/') cannot be more than ${MAX_FILE_ID_CHARACTERS} characters.`,
    );
  }
  const file = services.world.file("google", account, id);
  if (file === null) throw noSuchFile(id);
  return file;
}

/** Only result files can be downloaded; they live as long as their batch. */
function download(services: Services, context: SandboxContext, account: string): Response {
  const { id, verb } = targetOf(context);
  if (verb !== "download") throw notFound();
  if (services.world.file("google", account, id) !== null) {
    throw invalidArgument("Only files with source GENERATED can be downloaded.");
  }
  const known = services.world.batchOfFile("google", account, id);
  if (known === null || known.role !== "output" || known.batch.inline) throw notFound();
  const moment = services.world.moment(known.batch);
  const part = resultPart(services, known.batch, moment);
  if (part === null) throw notFound();
  const plain = services.world.results.lines(known.batch, moment, part);
  const lines = damagedLines(services, "google", "files.download", plain);
  return new Response(bodyOfLines(lines), { headers: { "content-type": "application/octet-stream" } });
}
