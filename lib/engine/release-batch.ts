import { eq } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { jobMessage } from "./job-message.ts";

/**
 * Lets go of a batch that turned out not to be this job's. The mark of the submission stays: its own batch may still be
 * there, and is looked for again before anything is created.
 */
export async function releaseBatch(context: AppContext, transaction: Database, job: JobRow): Promise<void> {
  await transaction
    .update(jobs)
    .set({
      step: "submit",
      userStatus: "IN_PROGRESS",
      providerJobId: null,
      serviceStatus: null,
      isUnproven: false,
      foreignIds: job.providerJobId ? [...job.foreignIds, job.providerJobId] : job.foreignIds,
      submittedAt: null,
      endSeenAt: null,
      cancelSentAt: null,
      nextCheckAt: null,
      providerCreatedAt: null,
      providerStartedAt: null,
      providerFinalizingAt: null,
      providerCancellingAt: null,
      providerEndedAt: null,
      providerExpiresAt: null,
      countTotal: job.requestCount,
      countSucceeded: null,
      countFailed: null,
      countExpired: null,
      countCancelled: null,
      countUnfinished: null,
      failureCode: null,
      failureMessage: null,
      trouble: null,
      attempts: 0,
      raw: null,
    })
    .where(eq(jobs.id, job.id));
  await context.queue.send("submit", [jobMessage(job)], transaction);
  await publishJobsChanged(transaction, [job]);
}
