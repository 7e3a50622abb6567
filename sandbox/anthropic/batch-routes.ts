import type { Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import { endpoint, type SandboxContext, type Services } from "../http/endpoint.ts";
import { damagedLines } from "../http/line-faults.ts";
import { originOf } from "../http/request.ts";
import { bodyOfLines } from "../http/streams.ts";
import type { BatchRecord } from "../world/model.ts";
import { authenticate, type Caller } from "./authenticate.ts";
import { createBatch } from "./create.ts";
import { anthropicError, anthropicJson, anthropicManners, invalidRequest, unknownBatch } from "./errors.ts";
import { pageOf, wirePage } from "./page.ts";
import { isArchived, wireBatch } from "./wire.ts";

/** `/v1/messages/batches`. */
export function addBatchRoutes(app: Hono<{ Bindings: HttpBindings }>, services: Services): void {
  const route = (name: string, handler: (context: SandboxContext, caller: Caller) => Promise<Response>) =>
    endpoint(services, anthropicManners, name, (context) =>
      handler(context, authenticate(services, context)),
    );

  app.post(
    "/v1/messages/batches",
    route("batches.create", async (context, caller) => {
      const batch = await createBatch(services, context, caller);
      return anthropicJson(await wireBatch(services, batch, originOf(context), "batches.create"));
    }),
  );
  app.get(
    "/v1/messages/batches",
    route("batches.list", async (context, caller) => {
      const page = pageOf([...services.world.batches("anthropic", caller.account)], context.req.query());
      const data: unknown[] = [];
      for (const batch of page.items) {
        data.push(await wireBatch(services, batch, originOf(context), "batches.list"));
      }
      return anthropicJson(wirePage(data, page));
    }),
  );
  app.get(
    "/v1/messages/batches/:id",
    route("batches.get", async (context, caller) => {
      const batch = findBatch(services, caller, context, "batches.get");
      const isEnded = services.world.moment(batch).isTerminal;
      const headers: Readonly<Record<string, string>> = isEnded ? {} : { "retry-after": "10" };
      return anthropicJson(await wireBatch(services, batch, originOf(context), "batches.get"), headers);
    }),
  );
  app.post(
    "/v1/messages/batches/:id/cancel",
    route("batches.cancel", async (context, caller) => {
      const batch = cancelBatch(services, findBatch(services, caller, context, "batches.cancel"));
      return anthropicJson(await wireBatch(services, batch, originOf(context), "batches.cancel"));
    }),
  );
  app.delete(
    "/v1/messages/batches/:id",
    route("batches.delete", async (context, caller) => {
      const batch = findBatch(services, caller, context, "batches.delete");
      if (!services.world.moment(batch).isTerminal) {
        throw invalidRequest("In progress batches cannot be deleted. Consider canceling the batch instead.");
      }
      services.world.changeBatch(batch.id, { deletedAtMs: services.world.now() });
      return anthropicJson({ id: batch.id, type: "message_batch_deleted" });
    }),
  );
  app.get(
    "/v1/messages/batches/:id/results",
    route("batches.results", async (context, caller) => results(services, context, caller)),
  );
}

function findBatch(services: Services, caller: Caller, context: SandboxContext, name: string): BatchRecord {
  const id = context.req.param("id") ?? "";
  const batch = services.world.batch("anthropic", caller.account, id);
  if (batch === null) throw unknownBatch(id);
  const ageMs = services.world.now() - batch.createdAtMs;
  const isHidden = services.faults.strikeYoung("anthropic", name, "not-found-after-create", {
    ageMs,
    defaultSeconds: 5,
  });
  if (isHidden) throw unknownBatch(id);
  return batch;
}

function cancelBatch(services: Services, batch: BatchRecord): BatchRecord {
  const moment = services.world.moment(batch);
  if (moment.phase === "cancelling") return batch;
  if (moment.isTerminal)
    throw invalidRequest(`Message Batch ${batch.id} has already ended and cannot be canceled.`);
  return services.world.changeBatch(batch.id, { cancelledAtMs: services.world.now() });
}

function results(services: Services, context: SandboxContext, caller: Caller): Response {
  const batch = findBatch(services, caller, context, "batches.results");
  const moment = services.world.moment(batch);
  if (!moment.isTerminal || isArchived(services, batch)) {
    const message = `Message Batch ${batch.id} has no available results.`;
    throw anthropicError(404, "not_found_error", message, { "x-should-retry": "false" });
  }
  const plain = services.world.results.lines(batch, moment, "all");
  const lines = damagedLines(services, "anthropic", "batches.results", plain);
  return new Response(bodyOfLines(lines), {
    headers: {
      "content-type": "application/x-jsonl",
      "content-disposition": `attachment; filename*=utf-8''${batch.id}_results.jsonl`,
    },
  });
}
