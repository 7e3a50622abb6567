import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError, messageOf, ProviderError } from "#lib/domain/errors.ts";
import { cancelJob } from "./actions/cancel-job.ts";
import { checkJobsFromFile } from "./actions/check-jobs-from-file.ts";
import { checkRecentJobs } from "./actions/check-recent-jobs.ts";
import { checkSingleJob } from "./actions/check-single-job.ts";
import { createJobs } from "./actions/create-jobs.ts";
import { deleteJob } from "./actions/delete-job.ts";
import { downloadResults } from "./actions/download-results.ts";
import { listModels } from "./actions/list-models.ts";
import { summarise } from "./actions/summary.ts";
import { watchJobs } from "./actions/watch-jobs.ts";
import type { Action } from "./flags.ts";
import { openSession } from "./open-session.ts";
import { createOutput, type Output } from "./output.ts";
import type { ParsedArguments } from "./parse-flags.ts";
import type { Session } from "./session.ts";
import { listenForStop, type StopRequest } from "./stop-request.ts";
import { UsageError } from "./usage-error.ts";

const runAction: Record<Action, (session: Session) => Promise<void>> = {
  create_jobs: createJobs,
  check_recent_jobs: checkRecentJobs,
  check_single_job: checkSingleJob,
  check_jobs_from_file: checkJobsFromFile,
  watch_jobs: watchJobs,
  cancel_job: cancelJob,
  delete_job: deleteJob,
  download_results: downloadResults,
  list_models: listModels,
  summary: summarise,
};

const interruptedExitCode = 130;

/** Does the actions in order and returns the exit code. After an action that could not be done the others are left out. */
export async function runCommand(parsed: ParsedArguments): Promise<number> {
  const output = createOutput({ asJson: parsed.flags.json === true });
  const stop = listenForStop(output);
  const temporaryDirectory = await mkdtemp(path.join(tmpdir(), "batchmark-"));
  try {
    const { session, actions } = openSession(parsed, { output, stop, temporaryDirectory });
    await runInOrder(session, actions);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (!stop.isRequested) tellFailure(error, output, parsed.flags.debug === true);
  } finally {
    stop.close();
    await rm(temporaryDirectory, { recursive: true, force: true });
  }
  return exitCodeOf(output, stop);
}

async function runInOrder(session: Session, actions: Action[]): Promise<void> {
  for (const [index, action] of actions.entries()) {
    if (session.stop.isRequested) {
      session.output.note(`Stopped before ${actions.slice(index).join(", ")}.`);
      return;
    }
    try {
      await runAction[action](session);
    } catch (error) {
      const left = actions.slice(index + 1);
      if (left.length > 0) session.output.note(`${left.join(", ")} was left out, because ${action} failed.`);
      throw error;
    }
  }
}

function tellFailure(error: unknown, output: Output, isDebug: boolean): void {
  const isExpected = error instanceof AppError || error instanceof ProviderError;
  output.problem(messageOf(error));
  if (error instanceof Error && (isDebug || !isExpected)) output.note(error.stack ?? error.message);
}

function exitCodeOf(output: Output, stop: StopRequest): number {
  if (stop.isRequested) return interruptedExitCode;
  return output.problemCount > 0 ? 1 : 0;
}
