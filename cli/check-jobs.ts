import { ProviderError } from "#lib/domain/errors.ts";
import type { JobReport } from "#lib/domain/job-report.ts";
import { readStatuses } from "#lib/engine/read-statuses.ts";
import { mapInOrder } from "./map-in-order.ts";
import { refreshJobs } from "./refresh-dashboard.ts";
import { reportOfJob } from "./report-of-job.ts";
import type { Session } from "./session.ts";

export type CheckedJob = { before: JobReport; outcome: JobReport | ProviderError };

/** Looks at the jobs of these reports with the fewest calls and gives the new reports as they come. */
export async function* checkJobs(session: Session, reports: JobReport[]): AsyncIterable<CheckedJob> {
  const due = reports.map((before) => ({
    before,
    providerJobId: before.jobId,
    providerCreatedAt: before.createdAt,
  }));
  const { signal } = session.stop;
  if (session.dashboard) await refreshJobs(session, session.dashboard, reports);
  yield* mapInOrder(
    readStatuses(session.provider(), due, (since) => Promise.resolve(countSince(due, since)), signal),
    session.concurrency,
    async ({ job: { before }, outcome }) => ({
      before,
      outcome:
        outcome instanceof ProviderError
          ? outcome
          : await reportOfJob(session, outcome, { model: before.model, totalTokens: before.totalTokens }),
    }),
  );
}

/** The account may hold more than these reports say; a listing that finds too much of it stops by itself. */
function countSince(due: readonly { providerCreatedAt: Date | null }[], since: Date): number {
  return due.filter((job) => job.providerCreatedAt !== null && job.providerCreatedAt >= since).length;
}
