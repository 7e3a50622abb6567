import { and, eq, inArray } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { endPause, type Account } from "./account-health.ts";
import { jobMessage } from "./job-message.ts";
import { hastenPoll } from "./schedule-poll.ts";

/** Makes the next look at these jobs due now ("check now"), whichever step they wait for. Ended jobs are left alone. */
export async function check(context: AppContext, jobIds: string[]): Promise<{ requestedCount: number }> {
  const polled = await context.db
    .update(jobs)
    .set({ nextCheckAt: context.clock.now() })
    .where(and(inArray(jobs.id, jobIds), eq(jobs.step, "poll")))
    .returning({ provider: jobs.provider, account: jobs.account });
  for (const target of accountsOf(polled)) {
    await endPause(context, target);
    await hastenPoll(context, { id: target.provider, account: target.account });
  }
  const others = await context.db
    .select({ id: jobs.id, provider: jobs.provider, account: jobs.account, step: jobs.step })
    .from(jobs)
    .where(and(inArray(jobs.id, jobIds), inArray(jobs.step, ["submit", "collect"])));
  for (const target of accountsOf(others)) await endPause(context, target);
  for (const job of others) {
    if (job.step === "submit" || job.step === "collect") {
      await context.queue.hasten(job.step, jobMessage(job));
    }
  }
  return { requestedCount: polled.length + others.length };
}

function accountsOf(rows: Account[]): Iterable<Account> {
  return new Map(rows.map((row) => [`${row.provider}:${row.account}`, row])).values();
}
