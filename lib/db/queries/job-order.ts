import { sql, type SQL } from "drizzle-orm";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { JobFilter } from "#lib/domain/job-page.ts";

/**
 * Sort keys through an allow-list, each as an index of the table has it. Ties fall in a fixed order, so that pages
 * never overlap; an unknown turnaround comes last in both directions, a job that was never checked is the oldest.
 */
export function orderOf({ sort, direction }: Pick<JobFilter, "sort" | "direction">): SQL[] {
  const turnaround = sql`(${jobs.providerEndedAt} - ${jobs.providerCreatedAt})`;
  if (sort === "turnaround") {
    return direction === "asc"
      ? [sql`${turnaround} asc nulls last`, sql`${jobs.launchOrder} asc`, sql`${jobs.id} asc`]
      : [turnaround, jobs.launchOrder, jobs.id].map((column) => sql`${column} desc nulls last`);
  }
  if (sort === "lastChecked") {
    return direction === "asc"
      ? [sql`${jobs.lastCheckedAt} asc nulls first`, sql`${jobs.launchOrder} asc`, sql`${jobs.id} asc`]
      : [sql`${jobs.lastCheckedAt} desc nulls last`, sql`${jobs.launchOrder} desc`, sql`${jobs.id} desc`];
  }
  const keys = {
    launched: [jobs.launchedAt],
    provider: [jobs.provider, jobs.userStatus, jobs.launchedAt],
    status: [jobs.userStatus, jobs.launchedAt],
  }[sort];
  return [...keys, jobs.launchOrder, jobs.id].map((column) =>
    direction === "asc" ? sql`${column} asc` : sql`${column} desc`,
  );
}

/** How many jobs stand before the page. */
export function offsetOf({ page, pageSize }: Pick<JobFilter, "page" | "pageSize">): number {
  return (page - 1) * pageSize;
}
