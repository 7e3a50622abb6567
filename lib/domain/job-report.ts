import * as z from "zod/mini";
import { turnaroundSecondsOf } from "./turnaround-seconds.ts";
import type { OutcomeCounts } from "./outcome-counts.ts";
import { providerIds, type ProviderId } from "./provider-id.ts";
import { isTerminal, userStatuses, type UserStatus } from "./user-status.ts";

/**
 * One job as one JSON line of a report file, the exchange format of batch benchmarks on the command line. What a file
 * leaves out is null. A status of null means that the file does not say how the job stands.
 */
export type JobReport = {
  provider: ProviderId;
  /** The provider's own id. */
  jobId: string;
  userStatus: UserStatus | null;
  /** Turnaround of a succeeded job by the provider's clock; null otherwise. */
  latencySeconds: number | null;
  totalTokens: number | null;
  model: string | null;
  serviceStatus: string | null;
  createdAt: Date | null;
  endedAt: Date | null;
  totalRequests: number | null;
  completedRequests: number | null;
  failedRequests: number | null;
};

/** Longer than any id or name; what is longer, or holds a character that databases refuse, reads as missing. */
const longestText = 300;
const lenient = <Schema extends z.ZodMiniType>(schema: Schema) =>
  // oxlint-disable-next-line promise/valid-params -- a schema's catch, not a promise's
  z.catch(z.nullish(schema), null);
const lenientText = lenient(
  z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(longestText),
    z.refine((text) => !text.includes("\0")),
  ),
);
const lenientCount = lenient(z.int32().check(z.minimum(0)));
const lenientTokens = lenient(z.int().check(z.minimum(0)));
const lenientSeconds = lenient(z.number().check(z.minimum(0)));

/** Files from before 2025-10-12 say `details` and `status`. */
const detailsSchema = z.nullish(
  z.looseObject({
    job_id: lenientText,
    model: lenientText,
    service_job_status: lenientText,
    status: lenientText,
    created_at: lenientText,
    ended_at: lenientText,
    total_requests: lenientCount,
    completed_requests: lenientCount,
    failed_requests: lenientCount,
  }),
);

const wireReportSchema = z.looseObject(
  {
    provider: z.optional(z.unknown()),
    job_id: lenientText,
    user_assigned_status: z.optional(z.unknown()),
    latency_seconds: lenientSeconds,
    total_tokens: lenientTokens,
    service_reported_details: detailsSchema,
    details: detailsSchema,
  },
  { error: "This is not a JSON object." },
);

export type ReportReading = { ok: true; report: JobReport } | { ok: false; reason: string };

/**
 * Reads one report, lenient towards the shapes that such files have had over time: fields may be missing or of another
 * type (then null). Refused, with the reason for the user, is what cannot be told apart as a job.
 *
 * @param fallbackProvider taken where the report names none, as the oldest files do.
 */
export function readJobReport(value: unknown, fallbackProvider: ProviderId | null): ReportReading {
  const parsed = wireReportSchema.safeParse(value);
  if (!parsed.success) return { ok: false, reason: reasonOf(parsed.error) };
  const wire = parsed.data;
  const details = wire.service_reported_details ?? wire.details;
  const jobId = wire.job_id ?? details?.job_id;
  if (!jobId) return { ok: false, reason: "It has no job_id that can be used." };
  const provider = (wire.provider ?? null) === null ? fallbackProvider : providerOf(wire.provider);
  if (provider === null) return { ok: false, reason: providerReason(wire.provider) };
  const status = readUserStatus(wire.user_assigned_status);
  if (status === undefined) {
    return {
      ok: false,
      reason: `Its user_assigned_status is ${shown(wire.user_assigned_status)}, which is none of ${userStatuses.join(", ")}.`,
    };
  }
  const createdAt = dateOf(details?.created_at);
  const endedAt = dateOf(details?.ended_at);
  return {
    ok: true,
    report: {
      provider,
      jobId,
      userStatus: status,
      latencySeconds: wire.latency_seconds ?? latencyOf(status, { createdAt, endedAt }),
      totalTokens: wire.total_tokens ?? null,
      model: details?.model?.replace(/^models\//, "") ?? null,
      serviceStatus: details?.service_job_status ?? details?.status ?? null,
      createdAt,
      endedAt,
      totalRequests: details?.total_requests ?? null,
      completedRequests: details?.completed_requests ?? null,
      failedRequests: details?.failed_requests ?? null,
    },
  };
}

/** What is needed of a job, of whatever source, to report it. */
export type ReportSource = {
  provider: ProviderId;
  providerJobId: string;
  userStatus: UserStatus;
  model: string | null;
  serviceStatus: string | null;
  counts: Pick<OutcomeCounts, "total" | "succeeded" | "failed">;
  /** Provider clock. */
  createdAt: Date | null;
  /** Provider clock. */
  endedAt: Date | null;
  totalTokens: number | null;
};

export function jobReportOf(source: ReportSource): JobReport {
  const { createdAt, endedAt } = source;
  return {
    provider: source.provider,
    jobId: source.providerJobId,
    userStatus: source.userStatus,
    latencySeconds: latencyOf(source.userStatus, { createdAt, endedAt }),
    totalTokens: source.totalTokens,
    model: source.model,
    serviceStatus: source.serviceStatus,
    createdAt,
    endedAt,
    totalRequests: source.counts.total,
    completedRequests: source.counts.succeeded,
    failedRequests: source.counts.failed,
  };
}

/** The report as one line of JSON without its end: exactly these keys, as readers of the format refuse others. */
export function formatJobReport(report: JobReport): string {
  return JSON.stringify({
    provider: report.provider,
    job_id: report.jobId,
    user_assigned_status: report.userStatus,
    latency_seconds: report.latencySeconds,
    total_tokens: report.totalTokens,
    service_reported_details: {
      job_id: report.jobId,
      model: report.model,
      service_job_status: report.serviceStatus,
      created_at: isoWithOffset(report.createdAt),
      ended_at: isoWithOffset(report.endedAt),
      total_requests: report.totalRequests,
      completed_requests: report.completedRequests,
      failed_requests: report.failedRequests,
    },
  });
}

/** `openai_job_reports_20261122_130501.jsonl`, in the time zone of this machine. */
export function reportFileName(provider: string, now: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `${provider}_job_reports_${date}_${time}.jsonl`;
}

/**
 * The newer of two reports on one job: an end is newer than no end, else the later one wins. What the newer one leaves
 * out is kept from the older, so that a file without tokens does not make known tokens unknown.
 */
export function newerReport(earlier: JobReport, later: JobReport): JobReport {
  const [older, newer] = isEnded(earlier) && !isEnded(later) ? [later, earlier] : [earlier, later];
  return {
    ...newer,
    userStatus: newer.userStatus ?? older.userStatus,
    latencySeconds: newer.latencySeconds ?? (newer.userStatus === "SUCCEEDED" ? older.latencySeconds : null),
    totalTokens: newer.totalTokens ?? older.totalTokens,
    model: newer.model ?? older.model,
    serviceStatus: newer.serviceStatus ?? older.serviceStatus,
    createdAt: newer.createdAt ?? older.createdAt,
    endedAt: newer.endedAt ?? older.endedAt,
    totalRequests: newer.totalRequests ?? older.totalRequests,
    completedRequests: newer.completedRequests ?? older.completedRequests,
    failedRequests: newer.failedRequests ?? older.failedRequests,
  };
}

/** Whether a report tells of an end; a report without a status does not. */
export function isEnded(report: Pick<JobReport, "userStatus">): boolean {
  return report.userStatus !== null && isTerminal(report.userStatus);
}

function latencyOf(
  status: UserStatus | null,
  times: { createdAt: Date | null; endedAt: Date | null },
): number | null {
  const seconds = status === "SUCCEEDED" ? turnaroundSecondsOf(times) : null;
  return seconds === null || seconds < 0 ? null : Math.round(seconds * 100) / 100;
}

function providerOf(value: unknown): ProviderId | null {
  return providerIds.find((id) => id === value) ?? null;
}

function providerReason(value: unknown): string {
  if (value === undefined || value === null) return "It names no provider.";
  return `Its provider is ${shown(value)}, which is none of ${providerIds.join(", ")}.`;
}

function readUserStatus(value: unknown): UserStatus | null | undefined {
  // UNKNOWN is what early versions of the format wrote for a word of the provider that they did not know.
  if (value === undefined || value === null || value === "UNKNOWN") return null;
  return userStatuses.find((status) => status === value);
}

function dateOf(text: string | null | undefined): Date | null {
  if (!text) return null;
  // A time without offset is one by UTC: providers give nothing else.
  const hasOffset = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  const date = new Date(hasOffset ? text : `${text.replace(" ", "T")}Z`);
  // Years of another number of digits are no times of a job, and not every database can hold them.
  return date.getFullYear() >= 1970 && date.getFullYear() <= 9999 ? date : null;
}

function isoWithOffset(date: Date | null): string | null {
  return date === null ? null : date.toISOString().replace(/(?:\.000)?Z$/, "+00:00");
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function reasonOf(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (!issue) return "This is not a report.";
  return issue.path.length === 0 ? issue.message : `Its ${issue.path.join(".")} is not an object.`;
}
