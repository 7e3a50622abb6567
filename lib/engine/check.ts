import { and, eq, inArray } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { hastenPoll } from "./schedule-poll.ts";

/** Makes the next look at these jobs due now ("check now"), whichever step they wait for. Ended jobs are left alone. */
export async function check(context: AppContext, jobIds: string[]): Promise<{ requestedCount: number }> {
  const polled = await context.db
    .update(jobs)
    .set({ nextCheckAt: context.clock.now() })
    .where(and(inArray(jobs.id, jobIds), eq(jobs.step, "poll")))
    .returning({ provider: jobs.provider, account: jobs.account });
  const accounts = new Map(polled.map((row) => [`${row.provider}:${row.account}`, row]));
  for (const { provider, account } of accounts.values()) {
    await hastenPoll(context, { id: provider, account });
  }
  const others = await context.db
    .select({ id: jobs.id, step: jobs.step })
    .from(jobs)
    .where(and(inArray(jobs.id, jobIds), inArray(jobs.step, ["submit", "collect"])));
  for (const { id, step } of others) {
    if (step === "submit" || step === "collect") {
      await context.queue.hasten(step, { data: { jobId: id }, key: id });
    }
  }
  return { requestedCount: polled.length + others.length };
}
