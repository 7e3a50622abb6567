import { and, asc, eq, isNotNull, isNull, ne } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { jobMessage } from "./job-message.ts";
import { pollMessage } from "./schedule-poll.ts";

const pageSize = 1_000;

/**
 * Queues the step that every unfinished job waits for. The rows are the truth, so a message that was lost to a crash
 * costs nothing; a message that is already there is not doubled.
 */
export async function sweep(context: AppContext): Promise<void> {
  await sweepJobs(context, "submit");
  await sweepJobs(context, "collect");
  await sweepCancellations(context);
  const accounts = await context.db
    .selectDistinct({ provider: jobs.provider, account: jobs.account })
    .from(jobs)
    .where(eq(jobs.step, "poll"));
  await context.queue.send(
    "poll",
    accounts.map((target) => pollMessage(target, 0)),
  );
}

async function sweepJobs(context: AppContext, step: "submit" | "collect"): Promise<void> {
  for (let offset = 0; ; offset += pageSize) {
    const rows = await context.db
      .select({ id: jobs.id, provider: jobs.provider, launchOrder: jobs.launchOrder })
      .from(jobs)
      .where(eq(jobs.step, step))
      .orderBy(asc(jobs.launchOrder), asc(jobs.id))
      .limit(pageSize)
      .offset(offset);
    await context.queue.send(
      step,
      rows.map((row) => ({ ...jobMessage(row), priority: -row.launchOrder })),
    );
    if (rows.length < pageSize) return;
  }
}

async function sweepCancellations(context: AppContext): Promise<void> {
  const rows = await context.db
    .select({ id: jobs.id, provider: jobs.provider })
    .from(jobs)
    .where(
      and(
        ne(jobs.step, "done"),
        eq(jobs.userStatus, "IN_PROGRESS"),
        isNotNull(jobs.cancelRequestedAt),
        isNull(jobs.cancelSentAt),
        isNotNull(jobs.providerJobId),
      ),
    );
  await context.queue.send("cancel", rows.map(jobMessage));
}
