import { setTimeout as delay } from "node:timers/promises";
import type { JobReport } from "./engine-process.ts";
import type { Witnessed } from "./sandbox-under-test.ts";

const lookAgainMs = 250;

/** Looks until every job is done. Rejects with what is left when that takes too long. */
export async function waitForEnd(
  readJobs: () => Promise<JobReport[]>,
  endsWithinSeconds: number,
): Promise<JobReport[]> {
  const deadlineMs = performance.now() + endsWithinSeconds * 1000;
  for (;;) {
    const jobs = await readJobs();
    if (jobs.length > 0 && jobs.every((job) => job.step === "done")) return jobs;
    if (performance.now() > deadlineMs) {
      const unfinished = jobs.filter((job) => job.step !== "done");
      const shown = JSON.stringify(unfinished.slice(0, 5));
      throw new Error(`${unfinished.length} jobs did not end in time: ${shown}`);
    }
    await delay(lookAgainMs);
  }
}

export type Outcome = { jobs: JobReport[]; batches: Witnessed[]; jobCount: number; requestsPerJob: number };

/** What is wrong with an outcome; empty when every job has exactly its own batch with all its results. */
export function problemsOf({ jobs, batches, jobCount, requestsPerJob }: Outcome): string[] {
  const problems: string[] = [];
  if (jobs.length !== jobCount) problems.push(`${jobs.length} jobs instead of ${jobCount}`);
  if (batches.length !== jobCount) problems.push(`${batches.length} batches for ${jobCount} jobs`);
  const owned = new Set(jobs.map((job) => job.providerJobId));
  if (owned.size !== jobs.length) problems.push(`${jobs.length} jobs share ${owned.size} batches`);
  for (const { id, provider, state } of batches) {
    if (!owned.has(id)) problems.push(`nobody owns the batch ${id} (${provider}, ${state})`);
  }
  for (const job of jobs) {
    const isComplete =
      job.userStatus === "SUCCEEDED" &&
      job.resultLineCount === requestsPerJob &&
      job.resultUnreadableCount === 0 &&
      job.countUnfinished === 0;
    if (!isComplete) problems.push(`not all collected: ${JSON.stringify(job)}`);
  }
  return problems;
}
