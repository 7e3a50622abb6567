import { redactSecrets } from "#lib/domain/errors.ts";
import type { ErrorKind } from "#lib/domain/error-kind.ts";
import type { JobDetail } from "#lib/domain/job-detail.ts";
import { turnaroundSecondsOf } from "#lib/domain/turnaround-seconds.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import { isRecord } from "./is-record.ts";

/** Fields of the providers' objects that their support asks for. */
const namedIds = ["input_file_id", "output_file_id", "error_file_id", "endpoint"] as const;

/** The job as text for a support request: ids, times, statuses and examples of what went wrong. Never a key. */
export function supportSummary({ job, raw, attempts }: JobDetail, kinds: readonly ErrorKind[]): string {
  const { reported, observed, counts } = job;
  const lines: [string, string | number | Date | null][] = [
    ["Provider", providerLabels[job.provider]],
    ["Job id", job.providerJobId],
    ["Batchmark id", job.id],
    ["Model", job.model],
    ["Service status", job.serviceStatus],
    ["Status here", `${job.userStatus}, step ${job.step}`],
    ["Account fingerprint", job.account],
    ...namedIdsIn(raw),
    ["Created (provider)", reported.createdAt],
    ["Started (provider)", reported.startedAt],
    ["Finalizing (provider)", reported.finalizingAt],
    ["Cancelling (provider)", reported.cancellingAt],
    ["Ended (provider)", reported.endedAt],
    ["Expires (provider)", reported.expiresAt],
    ["Turnaround seconds", turnaroundSecondsOf(reported)],
    ["Submitted (here)", observed.submittedAt],
    ["Last checked (here)", observed.lastCheckedAt],
    ["Cancellation asked (here)", observed.cancelRequestedAt],
    ["Deleted at provider (here)", observed.removedAtProviderAt],
    [
      "Requests",
      `${word(counts.total)} in all, ${word(counts.succeeded)} succeeded, ${word(counts.failed)} failed, ` +
        `${word(counts.expired)} expired, ${word(counts.cancelled)} cancelled, ${word(counts.unfinished)} unfinished`,
    ],
    ["Failure", job.failure && `${job.failure.code ?? "no code"}: ${job.failure.message}`],
    ["Trouble", job.trouble && `${job.trouble} (${attempts} attempts in a row)`],
  ];
  const facts = lines.flatMap(([label, value]) => {
    if (value === null) return [];
    return [`${label}: ${value instanceof Date ? value.toISOString() : value}`];
  });
  return redactSecrets([...facts, ...kinds.map(describeKind)].join("\n"));
}

function describeKind(kind: ErrorKind): string {
  const what = [kind.outcome ?? "unreadable", kind.code, kind.message].filter(Boolean).join(", ");
  const example = [
    `line ${kind.lineNumber}`,
    kind.customId && `custom id ${kind.customId}`,
    kind.requestId && `request id ${kind.requestId}`,
  ].filter(Boolean);
  return `Error, ${kind.requestCount} requests: ${what} (for example ${example.join(", ")})`;
}

function namedIdsIn(raw: unknown): [string, string][] {
  if (!isRecord(raw)) return [];
  return namedIds.flatMap((key): [string, string][] => {
    const value = raw[key];
    return typeof value === "string" ? [[key, value]] : [];
  });
}

function word(count: number | null): string {
  return count === null ? "unknown" : String(count);
}
