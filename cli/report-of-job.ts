import { messageOf } from "#lib/domain/errors.ts";
import { jobReportOf, type JobReport } from "#lib/domain/job-report.ts";
import { timeOutSeconds, userStatusOf } from "#lib/domain/status-table.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { jobOf } from "./dashboard-provider.ts";
import { isOwnJobName } from "./job-name.ts";
import type { Session } from "./session.ts";

/** What a caller knows of a job beyond the provider's answer. */
export type KnownOfJob = { model: string | null; totalTokens: number | null };

/** The report on a job from what the provider just answered: nothing is counted or cancelled. */
export function reportOfSeenJob(session: Session, job: ProviderJob, model: string | null): JobReport {
  if (session.dashboard) return reportOfDashboardJob(job, { model, totalTokens: null });
  return jobReportOf(sourceOf(job, { model, totalTokens: null }));
}

/**
 * The report on a job as its provider shows it. Tokens of a succeeded job are counted from its results where the provider
 * does not give their sum. A job that runs for more than 24 hours is reported as timed out; it is cancelled only if
 * Batchmark launched it or the user asks for it. Neither a count nor a cancellation that fails takes the report along.
 */
export async function reportOfJob(session: Session, job: ProviderJob, known: KnownOfJob): Promise<JobReport> {
  if (session.dashboard) return reportOfDashboardJob(job, known);
  const report = jobReportOf(sourceOf(job, known));
  if (report.userStatus === "SUCCEEDED") {
    const totalTokens = report.totalTokens ?? (await countTokens(session, job));
    return { ...report, totalTokens };
  }
  if (job.hasEnded || !isPastTimeOut(session, job)) return report;
  await cancelTimedOut(session, job);
  return { ...report, userStatus: "CANCELLED_TIMED_OUT" };
}

/** The dashboard knows who cancelled a job, and sees to time-outs itself. */
function reportOfDashboardJob(job: ProviderJob, known: KnownOfJob): JobReport {
  return jobReportOf({ ...sourceOf(job, known), userStatus: jobOf(job).userStatus });
}

function sourceOf(job: ProviderJob, known: KnownOfJob) {
  const { createdAt, endedAt } = job.timestamps;
  return {
    provider: job.provider,
    providerJobId: job.id,
    userStatus: userStatusOf({
      provider: job.provider,
      serviceStatus: job.serviceStatus,
      counts: job.counts,
      createdAt,
      endedAt,
      cancelReason: null,
    }),
    model: job.model ?? known.model,
    serviceStatus: job.serviceStatus,
    counts: job.counts,
    createdAt,
    endedAt,
    totalTokens: job.usage?.totalTokens ?? known.totalTokens,
  };
}

async function countTokens(session: Session, job: ProviderJob): Promise<number | null> {
  if (session.flags.count_tokens === false || !job.hasResults) return null;
  try {
    return await sumTokens(session.provider(), job, session.stop.signal);
  } catch (error) {
    session.output.note(`The tokens of ${job.id} could not be counted. ${messageOf(error)}`);
    return null;
  }
}

/** Null when no line tells its tokens. */
async function sumTokens(
  provider: BatchProvider,
  job: ProviderJob,
  signal: AbortSignal,
): Promise<number | null> {
  let total: number | null = null;
  for await (const line of provider.results(job, { signal })) {
    const tokens = line.kind === "result" ? line.result.usage?.totalTokens : null;
    if (tokens !== null && tokens !== undefined) total = (total ?? 0) + tokens;
  }
  return total;
}

function isPastTimeOut({ clock }: Session, { timestamps }: ProviderJob): boolean {
  if (!timestamps.createdAt) return false;
  return (clock.now().getTime() - timestamps.createdAt.getTime()) / 1000 > timeOutSeconds;
}

async function cancelTimedOut(session: Session, job: ProviderJob): Promise<void> {
  const { output, flags, stop } = session;
  const isAllowed = flags.cancel_timed_out === true || isOwnJobName(job.name);
  if (!isAllowed) {
    output.note(
      `${job.id} runs for more than 24 h and is reported as CANCELLED_TIMED_OUT. It was not launched by Batchmark, so it is left running; --cancel_timed_out cancels it.`,
    );
    return;
  }
  if (/^cancell?ing$/.test(job.serviceStatus)) return;
  try {
    await session.provider().cancel(job.id, { signal: stop.signal });
    output.note(`${job.id} runs for more than 24 h and was cancelled.`);
  } catch (error) {
    output.problem(`${job.id} runs for more than 24 h and could not be cancelled. ${messageOf(error)}`);
  }
}
