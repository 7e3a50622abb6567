import type { Services } from "../http/endpoint.ts";
import { asObject, parseJson } from "../http/request.ts";
import type { Moment, Phase } from "../world/lifecycle.ts";
import type { BatchRecord, FileRecord } from "../world/model.ts";
import { hashText } from "../world/random.ts";
import type { ResultPart, Tally } from "../world/results.ts";
import { EMBED_METHOD } from "./judge.ts";

const TYPES = "type.googleapis.com/google.ai.generativelanguage.v1main";
const RESULTS_LIFE_MS = 42 * 86_400_000;
/** The last update is noted just before the end. */
const END_AFTER_UPDATE_NS = 41;

/** Phases as this provider has them: a cancelled batch may end as succeeded. */
type State = "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED" | "EXPIRED";

const STATE: Readonly<Record<Phase, State>> = {
  queued: "PENDING",
  running: "RUNNING",
  finalizing: "RUNNING",
  cancelling: "RUNNING",
  completed: "SUCCEEDED",
  failed: "FAILED",
  expired: "EXPIRED",
  cancelled: "CANCELLED",
};

function stateOf(batch: BatchRecord, moment: Moment): State {
  if (moment.phase === "cancelling" && moment.startedAtMs === null) return "PENDING";
  const hasStarted = moment.startedAtMs !== null;
  if (moment.phase === "cancelled" && hasStarted && batch.plan.cancelEndsSucceeded) return "SUCCEEDED";
  return STATE[moment.phase];
}

/** Which rows the result holds, or null when there is none to fetch. */
export function resultPart(services: Services, batch: BatchRecord, moment: Moment): ResultPart | null {
  if (!moment.isTerminal || services.world.now() >= (moment.endedAtMs ?? 0) + RESULTS_LIFE_MS) return null;
  const state = stateOf(batch, moment);
  if (state === "SUCCEEDED") return "all";
  return state === "CANCELLED" && moment.doneRequests > 0 ? "processed" : null;
}

/** Where an operation is shown: lists leave inline answers out. */
export type View = "batches.create" | "batches.get" | "batches.list";

/** The batch as a long-running operation. */
export async function wireOperation(services: Services, batch: BatchRecord, view: View): Promise<unknown> {
  const moment = services.world.moment(batch);
  const state = stateOf(batch, moment);
  const tally = await services.world.results.tally(batch, moment);
  const kind = batch.endpoint === EMBED_METHOD ? "EmbedContentBatch" : "GenerateContentBatch";
  const output = await outputOf(services, batch, moment, view);
  const odd = moment.isTerminal ? null : services.faults.strike("google", view, ["unknown-status"]);
  const ended = moment.endedAtMs;
  const metadata = {
    "@type": `${TYPES}.${kind}`,
    model: `models/${(batch.model ?? "").replace(/^models\//, "")}`,
    ...(batch.displayName === null ? {} : { displayName: batch.displayName }),
    ...(batch.inputFileId === null ? {} : { inputConfig: { fileName: `files/${batch.inputFileId}` } }),
    ...(output === null ? {} : { output }),
    createTime: wireTime(services, batch.id, batch.createdAtMs),
    ...(ended === null ? {} : { endTime: wireTime(services, batch.id, ended, END_AFTER_UPDATE_NS) }),
    updateTime: wireTime(services, batch.id, moment.updatedAtMs),
    batchStats: statsOf(batch, state, tally),
    state: odd === null ? `BATCH_STATE_${state}` : (odd.status ?? "BATCH_STATE_PAUSED"),
    ...(batch.priority === null || batch.priority === "0" ? {} : { priority: batch.priority }),
    name: `batches/${batch.id}`,
  };
  const operation = { name: `batches/${batch.id}`, metadata };
  if (!moment.isTerminal) return operation;
  if (state !== "SUCCEEDED") return { ...operation, done: true, error: errorOf(batch, state) };
  const response = output === null ? {} : { response: { "@type": `${TYPES}.${kind}Output`, ...output } };
  return { ...operation, done: true, ...response };
}

async function outputOf(
  services: Services,
  batch: BatchRecord,
  moment: Moment,
  view: View,
): Promise<Readonly<Record<string, unknown>> | null> {
  const part = resultPart(services, batch, moment);
  if (part === null) return null;
  const ageMs = services.world.now() - (moment.endedAtMs ?? 0);
  if (services.faults.strikeYoung("google", view, "late-output", { ageMs, defaultSeconds: 30 })) return null;
  if (!batch.inline) return { responsesFile: `files/${batch.outputFileId}` };
  if (view === "batches.list") return null;
  const responses: unknown[] = [];
  for await (const line of services.world.results.lines(batch, moment, part))
    responses.push(asObject(parseJson(line)));
  return { inlinedResponses: { inlinedResponses: responses } };
}

/** Counters are texts; those that are zero are left out. */
function statsOf(batch: BatchRecord, state: State, tally: Tally): unknown {
  const unservedFail = state === "SUCCEEDED" ? tally.unserved : 0;
  const counters = {
    requestCount: batch.summary?.requests ?? 0,
    successfulRequestCount: tally.succeeded,
    failedRequestCount: tally.failed + unservedFail,
    pendingRequestCount: tally.unserved - unservedFail,
  };
  const shown = Object.entries(counters).filter(([, count]) => count > 0);
  return Object.fromEntries(shown.map(([name, count]) => [name, String(count)]));
}

function errorOf(batch: BatchRecord, state: State): { code: number; message: string } {
  switch (state) {
    case "CANCELLED":
      return { code: 13, message: `Batch ${batch.id} failed without error.` };
    case "EXPIRED":
      return { code: 4, message: `Batch ${batch.id} expired before it could complete.` };
    default:
      return hashText(batch.id) % 3 === 0
        ? { code: 8, message: "Resource has been exhausted (e.g. check quota)." }
        : { code: 13, message: "An internal error has occurred." };
  }
}

/** Nanoseconds; the last six digits are those of the object, so that its times stay in order. */
export function wireTime(services: Services, id: string, atMs: number, laterNs = 0): string {
  const shownMs = atMs + services.faults.clockOffsetMs("google");
  const nanoseconds = String((hashText(id) % 999_000) + laterNs).padStart(6, "0");
  return new Date(shownMs).toISOString().replace("Z", `${nanoseconds}Z`);
}

/** The file as the API shows it. */
export function wireFile(services: Services, file: FileRecord, origin: string): unknown {
  const created = wireTime(services, file.id, file.createdAtMs);
  return {
    name: `files/${file.id}`,
    ...(file.name === null ? {} : { displayName: file.name }),
    mimeType: file.mimeType,
    sizeBytes: String(file.sizeBytes),
    createTime: created,
    updateTime: created,
    ...(file.expiresAtMs === null ? {} : { expirationTime: wireTime(services, file.id, file.expiresAtMs) }),
    sha256Hash: Buffer.from(file.sha256Hex).toString("base64"),
    uri: `${origin}/google/v1beta/files/${file.id}`,
    state: "ACTIVE",
    source: "UPLOADED",
  };
}
