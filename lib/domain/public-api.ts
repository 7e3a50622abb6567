import * as z from "zod/mini";
import { jobSchema } from "./job.ts";
import { openedArchiveSchema } from "./job-set-archive.ts";
import { launchInputSchema } from "./job-set.ts";
import { providerIds } from "./provider-id.ts";
import { reportImportSchema } from "./report-import.ts";
import { userStatuses } from "./user-status.ts";

/** Several values stand in one parameter, separated by commas. */
const listOf = <Item extends z.ZodMiniType<string, string>>(item: Item) =>
  z.pipe(
    z.pipe(
      z.string().check(z.maxLength(100_000)),
      z.transform((text) => text.split(",").map((part) => part.trim())),
    ),
    z.array(item).check(z.minLength(1), z.maxLength(2_000)),
  );

/** Which jobs; without any parameter all of them. */
const publicJobFilterShape = {
  provider: z
    .optional(listOf(z.enum(providerIds)))
    .check(z.describe("openai, google or anthropic; several with commas")),
  status: z
    .optional(listOf(z.enum(userStatuses)))
    .check(z.describe(`One or several of ${userStatuses.join(", ")}`)),
  job_set_id: z.optional(z.string().check(z.maxLength(64))),
  model: z.optional(z.string().check(z.maxLength(200))),
  since: z
    .optional(z.coerce.date())
    .check(z.describe("Created at the provider at this time or later, ISO 8601")),
  job_id: z
    .optional(listOf(z.string().check(z.minLength(1), z.maxLength(300))))
    .check(z.describe("Batchmark's or the provider's ids, with commas")),
};
export const publicJobFilterSchema = z.object(publicJobFilterShape);
export type PublicJobFilter = z.infer<typeof publicJobFilterSchema>;

export const publicPageLimits = { default: 100, maximum: 500 } as const;

export const publicJobQuerySchema = z.object({
  ...publicJobFilterShape,
  limit: z._default(
    z.coerce.number().check(z.int(), z.minimum(1), z.maximum(publicPageLimits.maximum)),
    publicPageLimits.default,
  ),
  cursor: z
    .optional(z.string().check(z.maxLength(200)))
    .check(z.describe("`next_cursor` of the page before")),
});

/** One page of jobs, newest first; `next_cursor` is null on the last one. */
export const publicJobPageSchema = z.object({
  jobs: z.array(jobSchema),
  next_cursor: z.nullable(z.string()),
});
export type PublicJobPage = z.infer<typeof publicJobPageSchema>;

export const publicModelSchema = z.object({
  id: z.string(),
  displayName: z.nullable(z.string()),
  retiresOn: z.nullable(z.string()),
  isRetired: z.boolean(),
  supportsBatch: z.nullable(z.boolean()),
});
export const publicModelsSchema = z.object({ models: z.array(publicModelSchema) });
export const publicModelsQuerySchema = z.object({ provider: z.enum(providerIds) });

export const publicJobIdsSchema = z.object({
  job_ids: z
    .array(z.string().check(z.minLength(1), z.maxLength(300)))
    .check(z.minLength(1), z.maxLength(2_000), z.describe("Batchmark's or the provider's ids")),
});
export const publicLaunchedSchema = z.object({ jobSetId: z.string() });
export const publicCancelSchema = z.object({
  requestedCount: z.int(),
  skippedCount: z.int(),
});
export const publicCheckSchema = z.object({ requestedCount: z.int() });

export const publicImportQuerySchema = z.object({
  simulated: z
    ._default(z.enum(["true", "false"]), "false")
    .check(z.describe("true when the jobs ran in a sandbox, of which the file does not tell")),
  provider: z.optional(z.enum(providerIds)).check(z.describe("Of reports that name none")),
});

export const publicResultsQuerySchema = z.object({
  kind: z
    ._default(z.enum(["raw", "unified"]), "raw")
    .check(z.describe("The provider's own lines, or one shape for all providers")),
});

/** What every failed call answers, with its HTTP status. */
export const publicFailureSchema = z.object({
  ok: z.literal(false),
  code: z.string(),
  message: z.string(),
  problems: z.array(z.object({ field: z.string(), message: z.string() })),
});

type Content = { schema: z.core.$ZodType } | { mediaType: "application/x-ndjson" | "application/gzip" };

export type PublicOperation = {
  method: "get" | "post";
  path: string;
  id: string;
  summary: string;
  query?: z.ZodMiniObject;
  body?: Content;
  answer: { status: 200 | 201 | 202 } & Content;
};

const jsonLines = { mediaType: "application/x-ndjson" } as const;
const archive = { mediaType: "application/gzip" } as const;

/** Every call of the HTTP API. The routes check with these schemas, and the OpenAPI document is made from them. */
export const publicOperations: readonly PublicOperation[] = [
  {
    method: "post",
    path: "/job-sets",
    id: "launchJobSet",
    summary: "Launches a job set; its jobs are created from the queue and then watched.",
    body: { schema: launchInputSchema },
    answer: { status: 201, schema: publicLaunchedSchema },
  },
  {
    method: "get",
    path: "/job-sets/{job_set_id}/archive",
    id: "exportJobSet",
    summary: "A job set as one file: recipe, seed, jobs, results and hashes.",
    answer: { status: 200, ...archive },
  },
  {
    method: "post",
    path: "/archives",
    id: "openArchive",
    summary: "Takes in the archive of a job set: all of it or nothing.",
    body: archive,
    answer: { status: 201, schema: openedArchiveSchema },
  },
  {
    method: "get",
    path: "/jobs",
    id: "listJobs",
    summary: "Jobs, newest first, page by page.",
    query: publicJobQuerySchema,
    answer: { status: 200, schema: publicJobPageSchema },
  },
  {
    method: "get",
    path: "/jobs/{job_id}",
    id: "getJob",
    summary: "One job, by Batchmark's id or by the provider's own (escaped: batches%2F123).",
    answer: { status: 200, schema: jobSchema },
  },
  {
    method: "post",
    path: "/jobs/check",
    id: "checkJobs",
    summary: "Makes the next look at the provider due now. Jobs that have ended are left alone.",
    body: { schema: publicJobIdsSchema },
    answer: { status: 202, schema: publicCheckSchema },
  },
  {
    method: "post",
    path: "/jobs/cancel",
    id: "cancelJobs",
    summary: "Asks for the cancellation of jobs; those that have ended are skipped.",
    body: { schema: publicJobIdsSchema },
    answer: { status: 202, schema: publicCancelSchema },
  },
  {
    method: "get",
    path: "/jobs/{job_id}/results",
    id: "downloadResults",
    summary: "The collected results of an ended job.",
    query: publicResultsQuerySchema,
    answer: { status: 200, ...jsonLines },
  },
  {
    method: "get",
    path: "/models",
    id: "listModels",
    summary: "The models that the provider's account has.",
    query: publicModelsQuerySchema,
    answer: { status: 200, schema: publicModelsSchema },
  },
  {
    method: "get",
    path: "/reports",
    id: "exportReports",
    summary: "Jobs as a report file, one line each.",
    query: publicJobFilterSchema,
    answer: { status: 200, ...jsonLines },
  },
  {
    method: "post",
    path: "/reports",
    id: "importReports",
    summary: "Imports a report file: duplicates are merged, bad lines are told and the others taken.",
    query: publicImportQuerySchema,
    body: jsonLines,
    answer: { status: 200, schema: reportImportSchema },
  },
];
