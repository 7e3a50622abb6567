import * as z from "zod/mini";
import { defaultTimeOutHours } from "./launch-limits.ts";
import { jobTasks } from "./job-values.ts";
import { laneParametersSchema } from "./lane-parameters.ts";
import { providerIds } from "./provider-id.ts";
import { requestOutcomes } from "./result.ts";
import { userStatuses } from "./user-status.ts";

/** A job set as one file: JSON lines, compressed by gzip. Each line is one of these, in this order. */
export const archiveFormat = "batchmark-job-set";
export const archiveVersion = 1;

const moment = z.nullable(z.iso.datetime());
/** As large as the database's columns, so that a foreign file is refused by name and not by the database. */
const whole = z.int32();
const count = z.nullable(whole);
const sum = z.nullable(z.int());
const storable = z
  .string()
  .check(z.refine((value) => !value.includes("\0"), { error: "It holds a NUL character." }));
const text = z.nullable(storable);
/** Ids become names of files. */
const id = z.string().check(z.regex(/^[a-z]+_[0-9a-z]{1,40}$/));

/** Characters of a prompt, of ids and of names are bounded, so that a foreign file cannot fill the database with one line. */
const shortText = z.nullable(storable.check(z.maxLength(300)));

const headerLine = z.object({
  kind: z.literal("header"),
  format: z.literal(archiveFormat),
  version: z.literal(archiveVersion),
  createdAt: z.iso.datetime(),
});

const laneShape = z.object({
  id,
  position: whole,
  provider: z.enum(providerIds),
  model: storable.check(z.maxLength(200)),
  task: z.enum(jobTasks),
  jobCount: whole,
  requestsPerJob: whole,
  maxOutputTokens: whole,
  parameters: z._default(laneParametersSchema, {}),
});

/** The recipe: with it the same set can be launched again, in the same order. */
const jobSetLine = z.object({
  kind: z.literal("jobSet"),
  id,
  name: storable.check(z.maxLength(500)),
  notes: storable.check(z.maxLength(10_000)),
  isSimulated: z.boolean(),
  promptSource: z.enum(["builtIn", "own"]),
  promptCount: whole,
  seed: whole,
  timeOutHours: z._default(whole, defaultTimeOutHours),
  launchedAt: z.iso.datetime(),
  lanes: z.array(laneShape).check(z.maxLength(1_000)),
});

const promptLine = z.object({
  kind: z.literal("prompt"),
  position: whole,
  text: storable.check(z.maxLength(200_000)),
});

const jobLine = z.object({
  kind: z.literal("job"),
  id,
  laneId: z.nullable(id),
  provider: z.enum(providerIds),
  model: shortText,
  task: z.enum(jobTasks),
  requestCount: count,
  maxOutputTokens: count,
  nonce: z.nullable(storable.check(z.maxLength(64))),
  promptOffset: whole,
  launchOrder: whole,
  providerJobId: z.nullable(storable.check(z.maxLength(300))),
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
  cancelReason: z.nullable(z.enum(["user", "time_out"])),
  failureCode: shortText,
  failureMessage: text,
  collected: z.nullable(
    z.object({
      lineCount: whole,
      unreadableCount: whole,
      sizeBytes: z.int(),
      inputTokens: sum,
      outputTokens: sum,
      totalTokens: sum,
      cachedTokens: sum,
      reasoningTokens: sum,
    }),
  ),
});

/** One row of the results of the job before it. */
const resultLine = z.object({
  kind: z.literal("result"),
  lineNumber: whole,
  requestIndex: count,
  customId: shortText,
  outcome: z.nullable(z.enum(requestOutcomes)),
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
  offsetBytes: z.int(),
  lengthBytes: whole,
});

/** A piece of the raw result file of the job before it, base64. */
const bytesLine = z.object({ kind: z.literal("bytes"), data: z.base64() });
/** The end of a raw result file. */
const fileEndLine = z.object({ kind: z.literal("fileEnd"), sizeBytes: z.int(), sha256: z.string() });
/** The last line: SHA-256 over every byte before it. */
const endLine = z.object({ kind: z.literal("end"), jobCount: whole, sha256: z.string() });

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
  jobCount: whole,
});
export type OpenedArchive = z.infer<typeof openedArchiveSchema>;
