import type { z } from "zod";
import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { publishSetsChanged } from "#lib/db/live-events.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { lanes } from "#lib/db/schema/lanes.ts";
import { prompts } from "#lib/db/schema/prompts.ts";
import { AppError, type FieldProblem } from "#lib/domain/errors.ts";
import { createId, randomToken } from "#lib/domain/ids.ts";
import { launchInputSchema, type Lane, type LaunchInput } from "#lib/domain/job-set.ts";
import { builtInPromptCount } from "#lib/prompts/built-in.ts";
import { findOversizedLanes } from "./find-oversized-lanes.ts";
import { inBatches } from "./in-batches.ts";
import { jobMessage } from "./job-message.ts";
import { launchOrderOf } from "./launch-order.ts";

/** Longer than any of them; the sum only serves to estimate the size of an upload. */
const builtInPromptBytes = 200;

/**
 * Writes a job set with its lanes and jobs and queues every job for submission, all in one transaction: either all
 * of it exists or nothing. No provider is called. Rejects with `AppError("invalid_input")` whose
 * problems name each wrong field.
 */
export async function launch(context: AppContext, input: unknown): Promise<{ jobSetId: string }> {
  const parsed = launchInputSchema.safeParse(input);
  if (!parsed.success) throw invalidInput(problemsOf(parsed.error));
  const simulation = await checkLanes(context, parsed.data);
  const promptCount =
    parsed.data.prompts.kind === "own" ? parsed.data.prompts.prompts.length : builtInPromptCount;
  const promptBytes = promptBytesOf(parsed.data);
  const oversized = findOversizedLanes(context, parsed.data.lanes, promptBytes / promptCount);
  if (oversized.length > 0) throw invalidInput(oversized);
  const jobSetId = createId("set");
  const seed = randomSeed();
  const laneRows = parsed.data.lanes.map((lane, position) => ({
    id: createId("lane"),
    jobSetId,
    position,
    ...lane,
  }));
  const launchedAt = context.clock.now();
  const timeOutSeconds = parsed.data.timeOutHours * 3_600;
  const plan = { lanes: laneRows, jobSetId, seed, launchedAt, promptCount, simulation, timeOutSeconds };
  const jobRows = planJobs(context, plan);

  await context.db.transaction(async (transaction) => {
    await transaction.insert(jobSets).values({
      id: jobSetId,
      name: parsed.data.name || defaultName(laneRows, launchedAt),
      notes: parsed.data.notes,
      isSimulated: simulation,
      promptSource: parsed.data.prompts.kind,
      promptCount,
      promptBytes,
      timeOutHours: parsed.data.timeOutHours,
      seed,
      launchedAt,
    });
    await transaction.insert(lanes).values(laneRows);
    if (parsed.data.prompts.kind === "own") {
      await insertPrompts(transaction, jobSetId, parsed.data.prompts.prompts);
    }
    for (const part of inBatches(jobRows)) {
      await transaction.insert(jobs).values(part);
      await context.queue.send("submit", part.map(submitMessage), transaction);
    }
    await publishSetsChanged(transaction, [jobSetId]);
  });
  return { jobSetId };
}

/** All lanes of a set are simulated or all are real: the two are never mixed. */
async function checkLanes(context: AppContext, input: LaunchInput): Promise<boolean> {
  const problems: FieldProblem[] = [];
  const kinds = new Set<boolean>();
  for (const [index, lane] of input.lanes.entries()) {
    try {
      context.providers.get(lane.provider);
      kinds.add(await context.isSimulated(lane.provider));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      problems.push({ field: `lanes.${index}.provider`, message: error.message });
    }
  }
  if (kinds.size > 1) {
    problems.push({
      field: "lanes",
      message: "These lanes mix the sandbox with a real provider. Launch them as separate job sets.",
    });
  }
  if (problems.length > 0) throw invalidInput(problems);
  return kinds.has(true);
}

type JobPlan = {
  lanes: Lane[];
  jobSetId: string;
  seed: number;
  launchedAt: Date;
  promptCount: number;
  simulation: boolean;
  timeOutSeconds: number;
};

function planJobs(context: AppContext, plan: JobPlan): NewJobRow[] {
  const intents = plan.lanes.flatMap((lane) => Array.from({ length: lane.jobCount }, () => lane));
  let requestsSoFar = 0;
  const offsets = intents.map((lane) => {
    const offset = requestsSoFar % plan.promptCount;
    requestsSoFar += lane.requestsPerJob;
    return offset;
  });
  return launchOrderOf(intents.length, plan.seed).flatMap((intent, launchOrder) => {
    const lane = intents[intent];
    if (!lane) return [];
    return [
      {
        id: createId("job"),
        jobSetId: plan.jobSetId,
        laneId: lane.id,
        origin: "launched" as const,
        provider: lane.provider,
        account: context.providers.get(lane.provider).account,
        isSimulated: plan.simulation,
        model: lane.model,
        task: lane.task,
        requestCount: lane.requestsPerJob,
        maxOutputTokens: lane.maxOutputTokens,
        nonce: randomToken(16),
        promptOffset: offsets[intent] ?? 0,
        launchOrder,
        userStatus: "IN_PROGRESS" as const,
        step: "submit" as const,
        countTotal: lane.requestsPerJob,
        timeOutSeconds: plan.timeOutSeconds,
        launchedAt: plan.launchedAt,
      },
    ];
  });
}

function submitMessage(job: NewJobRow) {
  return { ...jobMessage(job), priority: -(job.launchOrder ?? 0) };
}

async function insertPrompts(transaction: Database, jobSetId: string, texts: string[]): Promise<void> {
  const rows = texts.map((text, position) => ({ jobSetId, position, text }));
  for (const part of inBatches(rows)) await transaction.insert(prompts).values(part);
}

function promptBytesOf({ prompts: source }: LaunchInput): number {
  if (source.kind === "builtIn") return builtInPromptCount * builtInPromptBytes;
  return source.prompts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function defaultName(laneRows: Lane[], launchedAt: Date): string {
  const providers = [...new Set(laneRows.map((lane) => lane.provider))].join(", ");
  return `${providers} ${launchedAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** 31 random bits: the seed fits PostgreSQL's integer. */
function randomSeed(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word >>> 1;
}

function problemsOf(error: z.core.$ZodError): FieldProblem[] {
  return error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
}

function invalidInput(problems: FieldProblem[]): AppError {
  return new AppError("invalid_input", problems[0]?.message ?? "The job set cannot be launched as it is.", {
    problems,
  });
}
