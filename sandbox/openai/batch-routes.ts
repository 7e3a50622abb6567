import type { Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import { endpoint, type SandboxContext, type Services } from "../http/endpoint.ts";
import { asObject, asText, parseJson } from "../http/request.ts";
import type { BatchRecord, FileRecord, InputSummary } from "../world/model.ts";
import { newBatch } from "../world/new-batch.ts";
import { linesOf } from "../world/row-index.ts";
import { authenticate } from "./authenticate.ts";
import { missingParameter, openAiError, openAiJson, openAiManners, unknownBatch } from "./errors.ts";
import { readJsonBody } from "./json-body.ts";
import { OPENAI_ENDPOINTS } from "./lines.ts";
import { choiceOf, expirySecondsOf, limitOf, metadataOf, wrongType } from "./parameters.ts";
import { wireBatch } from "./wire.ts";

const MAX_INPUT_BYTES = 209_715_200;

/** `/v1/batches`. */
export function addBatchRoutes(app: Hono<{ Bindings: HttpBindings }>, services: Services): void {
  const route = (name: string, handler: (context: SandboxContext, account: string) => Promise<Response>) =>
    endpoint(services, openAiManners, name, (context) => handler(context, authenticate(services, context)));

  app.post(
    "/v1/batches",
    route("batches.create", async (context, account) => {
      const batch = await createBatch(services, context, account);
      return openAiJson(await wireBatch(services, batch, "batches.create"));
    }),
  );
  app.get(
    "/v1/batches",
    route("batches.list", (context, account) => listBatches(services, context, account)),
  );
  app.get(
    "/v1/batches/:id",
    route("batches.get", async (context, account) => {
      const batch = await findBatch(services, account, context.req.param("id") ?? "", "batches.get");
      return openAiJson(await wireBatch(services, batch, "batches.get"));
    }),
  );
  app.post(
    "/v1/batches/:id/cancel",
    route("batches.cancel", async (context, account) => {
      const batch = await findBatch(services, account, context.req.param("id") ?? "", "batches.cancel");
      const cancelled = await wireBatch(services, cancelBatch(services, batch), "batches.cancel");
      // The one answer that the API does not indent.
      return new Response(JSON.stringify(cancelled), { headers: { "content-type": "application/json" } });
    }),
  );
}

async function findBatch(
  services: Services,
  account: string,
  id: string,
  name: string,
): Promise<BatchRecord> {
  if (!id.startsWith("batch")) {
    const message = `Invalid 'batch_id': '${id}'. Expected an ID that begins with 'batch'.`;
    throw openAiError(400, message, { code: "invalid_value", param: "batch_id" });
  }
  const batch = services.world.batch("openai", account, id);
  if (batch === null) throw unknownBatch(id);
  const ageMs = services.world.now() - batch.createdAtMs;
  const isHidden = services.faults.strikeYoung("openai", name, "not-found-after-create", {
    ageMs,
    defaultSeconds: 5,
  });
  if (isHidden) throw unknownBatch(id);
  return services.world.settled(batch);
}

async function createBatch(
  services: Services,
  context: SandboxContext,
  account: string,
): Promise<BatchRecord> {
  const body = await readJsonBody(context);
  const inputFileId = inputFileIdOf(body["input_file_id"]);
  const endpointPath = choiceOf(body["endpoint"], "endpoint", OPENAI_ENDPOINTS);
  choiceOf(body["completion_window"], "completion_window", ["24h"]);
  const metadata = metadataOf(body["metadata"]);
  const outputExpiresAfterSeconds = outputLifeOf(body["output_expires_after"]);
  const file = services.world.file("openai", account, inputFileId);
  if (file !== null && file.sizeBytes > MAX_INPUT_BYTES) throw await tooLarge(file);
  const { world } = services;
  const { sequence, key } = world.nextKey("openai", account);
  const batch: BatchRecord = {
    ...newBatch({
      provider: "openai",
      account,
      scenario: world.scenario,
      sequence,
      key,
      origin: "api",
      createdAtMs: world.now(),
      input: { kind: "file", path: file?.path ?? "" },
      model: null,
    }),
    endpoint: endpointPath,
    inputFileId,
    metadata,
    outputExpiresAfterSeconds,
    summary: file === null || file.purpose !== "batch" ? withoutInput(inputFileId, file) : null,
  };
  world.addBatch(batch);
  // Validation goes on while the client waits for nothing; whoever asks later shares this reading.
  if (batch.summary === null) void world.readInput(batch).catch(() => undefined);
  return batch;
}

function outputLifeOf(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  const expiry = asObject(value);
  if (expiry === null) throw wrongType("output_expires_after", "an object", value);
  return expirySecondsOf(expiry["anchor"], expiry["seconds"], "output_expires_after");
}

function inputFileIdOf(value: unknown): string {
  if (value === undefined || value === null || value === "") throw missingParameter("input_file_id");
  const id = asText(value);
  if (id === null) throw wrongType("input_file_id", "a string", value);
  return id;
}

/** Validation will find that the input cannot be read; the create call itself is accepted. */
function withoutInput(id: string, file: FileRecord | null): InputSummary {
  const message =
    file === null
      ? `Cannot find file ${id}, or organization org-sandbox does not have access to it.`
      : `The file ${id} has the purpose '${file.purpose}'. Batches need a file with the purpose 'batch'.`;
  const problem = { code: "invalid_request", message, param: "file_id", line: null };
  return {
    requests: 0,
    failed: 0,
    tokens: { input: 0, output: 0, reasoning: 0 },
    model: null,
    problems: [problem],
  };
}

async function tooLarge(file: FileRecord): Promise<Error> {
  let model = "requested";
  for await (const line of linesOf(file.path)) {
    model = asText(asObject(asObject(parseJson(line.bytes.toString("utf8")))?.["body"])?.["model"]) ?? model;
    break;
  }
  return openAiError(
    413,
    `The batch input file is larger than the ${MAX_INPUT_BYTES} maximum for the ${model} model`,
  );
}

function cancelBatch(services: Services, batch: BatchRecord): BatchRecord {
  const moment = services.world.moment(batch);
  if (moment.phase === "cancelling" || moment.phase === "cancelled") return batch;
  if (moment.isTerminal) {
    throw openAiError(409, `Cannot cancel a batch with status '${moment.phase}'.`);
  }
  return services.world.changeBatch(batch.id, { cancelledAtMs: services.world.now() });
}

async function listBatches(services: Services, context: SandboxContext, account: string): Promise<Response> {
  const { after, limit } = context.req.query();
  const count = limitOf(limit, 20, 0, 100);
  const page: BatchRecord[] = [];
  let isAfter = after === undefined || after === "";
  let hasMore = false;
  for (const batch of services.world.batches("openai", account)) {
    if (isAfter && page.length === count) {
      hasMore = true;
      break;
    }
    if (isAfter) page.push(batch);
    else if (batch.id === after) isAfter = true;
  }
  if (!isAfter) throw unknownBatch(after ?? "");
  const data: unknown[] = [];
  for (const batch of page)
    data.push(await wireBatch(services, await services.world.settled(batch), "batches.list"));
  return openAiJson({
    object: "list",
    data,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: hasMore,
  });
}
