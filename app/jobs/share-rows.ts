import type { JobListItem } from "#lib/domain/job-page.ts";

/**
 * Keeps the objects of the jobs that did not change, so that only the rows of the others are drawn again. (The
 * library's own comparison takes every date for a new one.) Both sides are answers of the same `jobRowsSchema`.
 */
export function shareRows(before: unknown, after: unknown): unknown {
  if (!isRows(before) || !isRows(after)) return after;
  const known = new Map(before.jobs.map((job) => [job.id, job]));
  const jobs = after.jobs.map((job) => {
    const old = known.get(job.id);
    return old && JSON.stringify(old) === JSON.stringify(job) ? old : job;
  });
  const isSame = jobs.length === before.jobs.length && jobs.every((job, index) => job === before.jobs[index]);
  return isSame ? before : { ...after, jobs };
}

function isRows(value: unknown): value is { jobs: JobListItem[] } {
  return typeof value === "object" && value !== null && "jobs" in value && Array.isArray(value.jobs);
}
