import type { SandboxContext, Services } from "../http/endpoint.ts";
import { asArray, asObject, asText, BodyTooLarge, textBody } from "../http/request.ts";
import { Spool } from "../http/spool.ts";
import type { BatchRecord } from "../world/model.ts";
import { newBatch } from "../world/new-batch.ts";
import { invalidArgument, noSuchFile, notFound } from "./errors.ts";
import { camelCase, field } from "./fields.ts";
import { EMBED_METHOD } from "./judge.ts";
import { findGoogleModel } from "./models.ts";

const MAX_BODY_BYTES = 20 * 1024 * 1024;
const BATCH_FIELDS = new Set(["name", "model", "displayName", "inputConfig", "priority", "webhookConfig"]);

export type CreateMethod = "batchGenerateContent" | "asyncBatchEmbedContent";

/** Takes a create call. The whole input is checked before it is answered: one bad line and there is no batch. */
export async function createBatch(
  services: Services,
  context: SandboxContext,
  account: string,
  target: { readonly model: string; readonly method: CreateMethod },
): Promise<BatchRecord> {
  const draft = await readBatch(context);
  checkModel(target);
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
    displayName: asText(field(draft, "displayName")),
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

async function readBatch(context: SandboxContext): Promise<Readonly<Record<string, unknown>>> {
  const body = await readJson(context);
  checkFields(body, new Set(["batch", "model"]), "");
  const batch = asObject(body["batch"]);
  if (batch === null)
    throw invalidArgument("* BatchGenerateContentRequest.batch: batch is required", "batch");
  checkFields(batch, BATCH_FIELDS, " at 'batch'");
  return batch;
}

async function readJson(context: SandboxContext): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await textBody(context, MAX_BODY_BYTES);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    throw invalidArgument(`Request payload size exceeds the limit: ${MAX_BODY_BYTES} bytes.`);
  }
  try {
    const body = asObject(JSON.parse(text));
    if (body !== null) return body;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw invalidArgument(`Invalid JSON payload received. ${reason}`);
  }
  throw invalidArgument("Invalid JSON payload received. Expected an object.");
}

function checkFields(
  object: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  where: string,
): void {
  const unknown = Object.keys(object).find((name) => !known.has(camelCase(name)));
  if (unknown === undefined) return;
  throw invalidArgument(
    `Invalid JSON payload received. Unknown name "${unknown}"${where}: Cannot find field.`,
    where,
  );
}

function checkModel(target: { readonly model: string; readonly method: CreateMethod }): void {
  const model = findGoogleModel(target.model);
  const wanted = target.method === "asyncBatchEmbedContent" ? "embedding" : "text";
  if (model !== null && model.hasBatch && model.kind === wanted) return;
  throw notFound(
    `models/${target.model} is not found for API version v1main, or is not supported for ${target.method}. ` +
      "Call ListModels to see the list of available models and their supported methods.",
  );
}

type Source = Pick<BatchRecord, "input" | "inputFileId" | "inline">;

async function sourceOf(
  services: Services,
  account: string,
  batchId: string,
  config: Readonly<Record<string, unknown>> | null,
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
  const path = services.world.pathOf(`google-inline-${batchId}`);
  await writeLines(path, requests);
  return { input: { kind: "file", path }, inputFileId: null, inline: true };
}

async function writeLines(path: string, requests: readonly unknown[]): Promise<void> {
  const spool = new Spool(path);
  for (const request of requests) await spool.write(Buffer.from(`${JSON.stringify(request)}\n`));
  await spool.finish();
}

/** What an update call wants changed. */
export async function readUpdate(context: SandboxContext): Promise<{ displayName: string }> {
  const displayName = asText(field(await readJson(context), "displayName"));
  if (displayName === null) throw invalidArgument("Only display_name can be updated.");
  return { displayName };
}
