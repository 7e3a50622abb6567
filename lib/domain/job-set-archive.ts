import { z } from "zod";
import { jobTasks } from "./job.ts";
import { providerIds } from "./provider-id.ts";
import { requestOutcomes } from "./result.ts";
import { userStatuses } from "./user-status.ts";

/** A job set as one file: JSON lines, compressed by gzip. Each line is one of these, in this order. */
export const archiveFormat = "batchmark-job-set";
export const archiveVersion = 1;

const moment = z.iso.datetime().nullable();
const count = z.number().int().nullable();
const text = z.string().nullable();

/** Characters of a prompt, of ids and of names are bounded, so that a foreign file cannot fill the database with one line. */
const shortText = z.string().max(2_000).nullable();

const headerLine = z.object({
  kind: z.literal("header"),
  format: z.literal(archiveFormat),
  version: z.literal(archiveVersion),
  createdAt: z.iso.datetime(),
});

const laneShape = z.object({
  id: z.string().max(64),
  position: z.number().int(),
  provider: z.enum(providerIds),
  model: z.string().max(200),
  task: z.enum(jobTasks),
  jobCount: z.number().int(),
  requestsPerJob: z.number().int(),
  maxOutputTokens: z.number().int(),
});

/** The recipe: with it the same set can be launched again, in the same order. */
const jobSetLine = z.object({
  kind: z.literal("jobSet"),
  id: z.string().max(64),
  name: z.string().max(500),
  notes: z.string().max(10_000),
  isSimulated: z.boolean(),
  promptSource: z.enum(["builtIn", "own"]),
  promptCount: z.number().int(),
  seed: z.number().int(),
  launchedAt: z.iso.datetime(),
  lanes: z.array(laneShape).max(1_000),
});

const promptLine = z.object({
  kind: z.literal("prompt"),
  position: z.number().int(),
  text: z.string().max(200_000),
});

const jobLine = z.object({
  kind: z.literal("job"),
  id: z.string().max(64),
  laneId: z.string().max(64).nullable(),
  provider: z.enum(providerIds),
  model: shortText,
  task: z.enum(jobTasks),
  requestCount: count,
  maxOutputTokens: count,
  nonce: z.string().max(64).nullable(),
  promptOffset: z.number().int(),
  launchOrder: z.number().int(),
  providerJobId: z.string().max(300).nullable(),
  serviceStatus: shortText,
  userStatus: z.enum(userStatuses),
  counts: z.object({
    total: count,
    succeeded: count,
    failed: count,
    expired: count,
    cancelled: count,
    unfinished: count,
  }),
  reported: z.object({
    createdAt: moment,
    startedAt: moment,
    finalizingAt: moment,
    cancellingAt: moment,
    endedAt: moment,
    expiresAt: moment,
  }),
  observed: z.object({
    launchedAt: z.iso.datetime(),
    submitStartedAt: moment,
    submittedAt: moment,
    lastCheckedAt: moment,
    endSeenAt: moment,
    cancelRequestedAt: moment,
    collectedAt: moment,
  }),
  cancelReason: z.enum(["user", "time_out"]).nullable(),
  failureCode: shortText,
  failureMessage: text,
  collected: z
    .object({
      lineCount: z.number().int(),
      unreadableCount: z.number().int(),
      sizeBytes: z.number().int(),
      inputTokens: count,
      outputTokens: count,
      totalTokens: count,
      cachedTokens: count,
      reasoningTokens: count,
    })
    .nullable(),
});

/** One row of the results of the job before it. */
const resultLine = z.object({
  kind: z.literal("result"),
  lineNumber: z.number().int(),
  requestIndex: count,
  customId: shortText,
  outcome: z.enum(requestOutcomes).nullable(),
  textExcerpt: text,
  finishReason: shortText,
  refusal: text,
  errorCode: shortText,
  errorMessage: text,
  inputTokens: count,
  outputTokens: count,
  totalTokens: count,
  cachedTokens: count,
  reasoningTokens: count,
  offsetBytes: z.number().int(),
  lengthBytes: z.number().int(),
});

/** A piece of the raw result file of the job before it, base64. */
const bytesLine = z.object({ kind: z.literal("bytes"), data: z.base64() });
/** The end of a raw result file. */
const fileEndLine = z.object({ kind: z.literal("fileEnd"), sizeBytes: z.number().int(), sha256: z.string() });
/** The last line: SHA-256 over every byte before it. */
const endLine = z.object({ kind: z.literal("end"), jobCount: z.number().int(), sha256: z.string() });

export const archiveLineSchema = z.discriminatedUnion("kind", [
  headerLine,
  jobSetLine,
  promptLine,
  jobLine,
  resultLine,
  bytesLine,
  fileEndLine,
  endLine,
]);
export type ArchiveLine = z.infer<typeof archiveLineSchema>;
export type ArchiveLineOf<Kind extends ArchiveLine["kind"]> = Extract<ArchiveLine, { kind: Kind }>;

export const openedArchiveSchema = z.object({
  jobSetId: z.string(),
  name: z.string(),
  jobCount: z.number().int(),
});
export type OpenedArchive = z.infer<typeof openedArchiveSchema>;
