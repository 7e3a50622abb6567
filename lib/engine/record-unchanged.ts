import { sql } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";

export type UnchangedJob = { id: string; nextCheckAt: Date };

/** Writes that these jobs were looked at and are as they were, with one statement. Pages need not hear of it. */
export async function recordUnchanged(context: AppContext, unchanged: UnchangedJob[]): Promise<void> {
  if (unchanged.length === 0) return;
  const now = context.clock.now().toISOString();
  await context.db.execute(sql`
    update jobs set last_checked_at = ${now}::timestamptz, last_seen_open_at = ${now}::timestamptz,
      next_check_at = checked."nextCheckAt"
    from jsonb_to_recordset(${JSON.stringify(unchanged)}::jsonb) as checked(id text, "nextCheckAt" timestamptz)
    where jobs.id = checked.id and jobs.step = 'poll' and jobs.end_seen_at is null
  `);
}
