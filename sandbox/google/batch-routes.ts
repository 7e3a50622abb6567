import type { Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import { endpoint, type SandboxContext, type Services } from "../http/endpoint.ts";
import type { BatchRecord } from "../world/model.ts";
import { authenticate } from "./authenticate.ts";
import { createBatch } from "./create.ts";
import { googleError, googleJson, googleManners, notFound } from "./errors.ts";
import { findGoogleModel, GOOGLE_MODELS, wireModel } from "./models.ts";
import { pageOf, wirePage } from "./page.ts";
import { readUpdate } from "./update.ts";
import { wireOperation } from "./wire.ts";

const BATCH_PAGES = { default: 50, maximum: 1_000 };
const MODEL_PAGES = { default: 50, maximum: 1_000 };

/** `batches` and `models` under any version. A custom verb follows the last segment after a colon. */
export function addBatchRoutes(app: Hono<{ Bindings: HttpBindings }>, services: Services): void {
  const route = (name: string, handler: (context: SandboxContext, account: string) => Promise<Response>) =>
    endpoint(services, googleManners, name, (context) => handler(context, authenticate(services, context)));

  const create = route("batches.create", async (context, account) => {
    const { id, verb } = targetOf(context);
    if (verb !== "batchGenerateContent" && verb !== "asyncBatchEmbedContent") throw notFound();
    const batch = await createBatch(services, context, account, { model: id, method: verb });
    return googleJson(await wireOperation(services, batch, "batches.create"));
  });
  app.post("/:version{v1(?:beta|alpha)?}/models/:target", create);
  app.get(
    "/:version{v1(?:beta|alpha)?}/batches",
    route("batches.list", async (context, account) => {
      const batches = [...services.world.batches("google", account)];
      const page = pageOf(batches, (batch) => batch.id, context.req.query(), BATCH_PAGES);
      const operations: unknown[] = [];
      for (const batch of page.items) operations.push(await wireOperation(services, batch, "batches.list"));
      return googleJson(wirePage("operations", operations, page));
    }),
  );
  app.get(
    "/:version{v1(?:beta|alpha)?}/batches/:target",
    route("batches.get", async (context, account) => {
      const batch = findBatch(services, account, targetOf(context).id, "batches.get");
      return googleJson(await wireOperation(services, batch, "batches.get"));
    }),
  );
  app.delete(
    "/:version{v1(?:beta|alpha)?}/batches/:target",
    route("batches.delete", async (context, account) => {
      const batch = findBatch(services, account, targetOf(context).id, "batches.delete");
      services.world.changeBatch(batch.id, { deletedAtMs: services.world.now() });
      return googleJson({});
    }),
  );
  app.post(
    "/:version{v1(?:beta|alpha)?}/batches/:target",
    route("batches.cancel", async (context, account) => {
      const { id, verb } = targetOf(context);
      if (verb !== "cancel") throw notFound();
      cancelBatch(services, findBatch(services, account, id, "batches.cancel"));
      return googleJson({});
    }),
  );
  app.patch(
    "/:version{v1(?:beta|alpha)?}/batches/:target",
    route("batches.update", async (context, account) => {
      const { id, verb } = targetOf(context);
      if (verb !== "updateGenerateContentBatch" && verb !== "updateEmbedContentBatch") throw notFound();
      const batch = findBatch(services, account, id, "batches.update");
      const changed = services.world.changeBatch(batch.id, await readUpdate(context));
      const operation = await wireOperation(services, changed, "batches.get");
      // An operation always has its metadata; the update answers with that part alone.
      return googleJson((operation as { metadata: unknown }).metadata);
    }),
  );
  addModelRoutes(app, services);
}

function addModelRoutes(app: Hono<{ Bindings: HttpBindings }>, services: Services): void {
  app.get(
    "/:version{v1(?:beta|alpha)?}/models",
    endpoint(services, googleManners, "models.list", (context) => {
      authenticate(services, context);
      const page = pageOf(GOOGLE_MODELS, (model) => model.id, context.req.query(), MODEL_PAGES);
      return googleJson(wirePage("models", page.items.map(wireModel), page));
    }),
  );
  app.get(
    "/:version{v1(?:beta|alpha)?}/models/:target",
    endpoint(services, googleManners, "models.get", (context) => {
      authenticate(services, context);
      const { id } = targetOf(context);
      const model = findGoogleModel(id);
      if (model === null)
        throw notFound(`Model is not found: models/${id} for api version ${context.req.param("version")}`);
      return googleJson(wireModel(model));
    }),
  );
}

/** Id and custom verb of the last path segment, as in `abc:cancel`. */
export function targetOf(context: SandboxContext): { id: string; verb: string | null } {
  const target = context.req.param("target") ?? "";
  const colon = target.lastIndexOf(":");
  return colon === -1
    ? { id: target, verb: null }
    : { id: target.slice(0, colon), verb: target.slice(colon + 1) };
}

function findBatch(services: Services, account: string, id: string, name: string): BatchRecord {
  const batch = services.world.batch("google", account, id);
  if (batch === null) throw notFound();
  const ageMs = services.world.now() - batch.createdAtMs;
  const isHidden = services.faults.strikeYoung("google", name, "not-found-after-create", {
    ageMs,
    defaultSeconds: 5,
  });
  if (isHidden) throw notFound();
  return batch;
}

function cancelBatch(services: Services, batch: BatchRecord): void {
  const moment = services.world.moment(batch);
  if (moment.phase === "cancelling") return;
  if (moment.isTerminal) {
    throw googleError(400, "FAILED_PRECONDITION", `Batch ${batch.id} is already in a terminal state.`);
  }
  services.world.changeBatch(batch.id, { cancelledAtMs: services.world.now() });
}
