import type { SandboxContext, Services } from "../http/endpoint.ts";
import { asArray, asObject, asText } from "../http/request.ts";
import { Spool } from "../http/spool.ts";
import type { BatchRecord } from "../world/model.ts";
import { newBatch } from "../world/new-batch.ts";
import { invalidArgument, noSuchFile, notFound, violated, type FieldViolation } from "./errors.ts";
import { field, unknownFieldsOfCreate } from "./fields.ts";
import { readJson } from "./json-body.ts";
import { EMBED_METHOD } from "./judge.ts";
import { findGoogleModel } from "./models.ts";
import { changesOf } from "./update.ts";

const MAX_BODY_BYTES = 20 * 1024 * 1024;
const MAX_VIOLATIONS = 100;

type Fields = Readonly<Record<string, unknown>>;

export type CreateMethod = "batchGenerateContent" | "asyncBatchEmbedContent";

/** Takes a create call. The whole input is checked before it is answered: one bad line and there is no batch. */
export async function createBatch(
  services: Services,
  context: SandboxContext,
  account: string,
  target: { readonly model: string; readonly method: CreateMethod },
): Promise<BatchRecord> {
  const draft = await readBatch(context, target.method === "asyncBatchEmbedContent");
  const { displayName = null, priority = null } = changesOf(draft, "batch.");
  checkModel(target, context.req.param("version") ?? "v1");
  const { world } = services;
  const config = asObject(field(draft, "inputConfig"));
  const { sequence, key } = world.nextKey("google", account);
  const batch = newBatch({
    provider: "google",
    account,
    scenario: world.scenario,
    sequence,
    key,
    origin: "api",
    createdAtMs: world.now(),
    input: { kind: "made-up", requests: 0 },
    model: target.model,
  });
  const source = await sourceOf(services, account, batch.id, config);
  const whole: BatchRecord = {
    ...batch,
    ...source,
    endpoint: target.method === "asyncBatchEmbedContent" ? EMBED_METHOD : "generateContent",
    displayName,
    priority,
  };
  const summary = await world.inputs.read(whole);
  if (summary.problems.length > 0) {
    throw invalidArgument(summary.problems.map((problem) => problem.message).join("\n"));
  }
  if (summary.requests === 0)
    throw invalidArgument("* BatchGenerateContentRequest.batch: no requests in the input");
  // Reading a large input takes seconds; the batch begins when the caller hears of it.
  const settled = { ...whole, summary, createdAtMs: world.now() };
  world.addBatch(settled);
  return settled;
}

async function readBatch(context: SandboxContext, isEmbedding: boolean): Promise<Fields> {
  const body = await readJson(context, MAX_BODY_BYTES);
  const violations: FieldViolation[] = [];
  for (const { name, at } of unknownFieldsOfCreate(body, isEmbedding)) {
    if (violations.length === MAX_VIOLATIONS) break;
    const place = at === "" ? "" : ` at '${at}'`;
    const description = `Invalid JSON payload received. Unknown name "${name}"${place}: Cannot find field.`;
    violations.push(at === "" ? { description } : { field: at, description });
  }
  if (violations.length > 0) throw violated(violations);
  const batch = asObject(body["batch"]);
  if (batch === null) throw invalidArgument("* BatchGenerateContentRequest.batch: batch is required");
  return batch;
}

function checkModel(
  target: { readonly model: string; readonly method: CreateMethod },
  version: string,
): void {
  const model = findGoogleModel(target.model);
  const wanted = target.method === "asyncBatchEmbedContent" ? "embedding" : "text";
  if (model !== null && model.hasBatch && model.kind === wanted) return;
  throw notFound(
    `models/${target.model} is not found for API version ${version}, or is not supported for ${target.method}. ` +
      "Call ListModels to see the list of available models and their supported methods.",
  );
}

type Source = Pick<BatchRecord, "input" | "inputFileId" | "inline">;

async function sourceOf(
  services: Services,
  account: string,
  batchId: string,
  config: Fields | null,
): Promise<Source> {
  const fileName = asText(field(config, "fileName"));
  if (fileName !== null) {
    const id = fileName.replace(/^files\//, "");
    const file = services.world.file("google", account, id);
    if (file === null) throw noSuchFile(id);
    return { input: { kind: "file", path: file.path }, inputFileId: id, inline: false };
  }
  const requests = asArray(field(asObject(field(config, "requests")), "requests"));
  if (requests === null || requests.length === 0) {
    throw invalidArgument(
      "* BatchGenerateContentRequest.batch.input_config: one of requests, file_name is required",
    );
  }
  for (const [index, request] of requests.entries()) checkInline(request, index);
  const path = services.world.pathOf(`google-inline-${batchId}`);
  await writeLines(path, requests);
  return { input: { kind: "file", path }, inputFileId: null, inline: true };
}

function checkInline(value: unknown, index: number): void {
  const at = `batch.input_config.requests.requests[${index}]`;
  const request = asObject(value);
  if (request === null) {
    const type = "type.googleapis.com/google.ai.generativelanguage.v1main.InlinedRequest";
    throw invalidArgument(`Invalid value at '${at}' (${type}), ${JSON.stringify(value)}`, at);
  }
  if (asObject(request["request"]) === null) {
    throw invalidArgument(`* BatchGenerateContentRequest.${at}.request: request is required`);
  }
}

async function writeLines(path: string, requests: readonly unknown[]): Promise<void> {
  const spool = new Spool(path);
  for (const request of requests) await spool.write(Buffer.from(`${JSON.stringify(request)}\n`));
  await spool.finish();
}
