import type { Action, GivenFlags } from "./flags.ts";
import { UsageError } from "./usage-error.ts";

const actionsWithJob: readonly Action[] = [
  "check_single_job",
  "cancel_job",
  "delete_job",
  "download_results",
];
const actionsWithFile: readonly Action[] = ["check_jobs_from_file", "summary"];

/** Throws `UsageError` when an action lacks a flag that it cannot do without; before any of them is done. */
export function checkRequirements(actions: Action[], flags: GivenFlags, files: string[]): void {
  const hasJob = Boolean(flags.job_id?.trim());
  const hasFile = files.length > 0;
  for (const action of actions) {
    if (actionsWithJob.includes(action) && !hasJob) {
      throw new UsageError(`Name the job for ${action}: --job_id ID.`);
    }
    if (actionsWithFile.includes(action) && !hasFile) {
      throw new UsageError(`Name at least one report file for ${action}: --state_file FILE.`);
    }
    if (action === "watch_jobs" && hasJob === hasFile) {
      throw new UsageError("Name either --state_file FILE or --job_id ID for watch_jobs.");
    }
    if (action === "download_results" && !flags.enable_download_results) {
      throw new UsageError("download_results writes a file: allow it with --enable_download_results.");
    }
    if (action === "delete_job" && flags.url !== undefined) {
      throw new UsageError("delete_job talks to the provider itself: leave out --url.");
    }
  }
}
