import { ProviderError } from "#lib/domain/errors.ts";
import type { JobReport } from "#lib/domain/job-report.ts";
import { mapInOrder } from "./map-in-order.ts";
import { readStates } from "./read-states.ts";
import { refreshJobs } from "./refresh-dashboard.ts";
import { reportOfJob } from "./report-of-job.ts";
import type { Session } from "./session.ts";

export type CheckedJob = { before: JobReport; outcome: JobReport | ProviderError };

/** Looks at the jobs of these reports with few calls and gives the new reports as they come. */
export async function* checkJobs(session: Session, reports: JobReport[]): AsyncIterable<CheckedJob> {
  const { concurrency, stop } = session;
  if (session.dashboard) await refreshJobs(session, session.dashboard, reports);
  const states = readStates(session.provider(), reports, { concurrency, signal: stop.signal });
  yield* mapInOrder(states, concurrency, async ({ report: before, outcome }) => ({
    before,
    outcome:
      outcome instanceof ProviderError
        ? outcome
        : await reportOfJob(session, outcome, { model: before.model, totalTokens: before.totalTokens }),
  }));
}
