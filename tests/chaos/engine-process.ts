import { asc } from "drizzle-orm";
import { composeContext } from "#lib/compose-context.ts";
import { readConfig } from "#lib/config.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { startEngine } from "#lib/engine/engine.ts";
import { launch } from "#lib/engine/launch.ts";
import { stopWithProcess } from "#lib/stop-with-process.ts";

/** One question of the test to the engine under test. */
export type EngineQuestion = { kind: "launch"; input: unknown } | { kind: "jobs" };

/** A job as far as the test judges it. */
export type JobReport = {
  id: string;
  provider: string;
  step: string;
  userStatus: string;
  providerJobId: string | null;
  trouble: string | null;
  failureMessage: string | null;
  countUnfinished: number | null;
  resultLineCount: number | null;
  resultUnreadableCount: number | null;
};

export type EngineAnswer = { ready: true } | { jobSetId: string } | { jobs: JobReport[] } | { error: string };

/**
 * An engine without web server that a test starts, asks and kills: what `npm run worker` runs, also on the embedded
 * database, which nobody but this process may open.
 */
const composed = await composeContext(readConfig());
const { context } = composed;
stopWithProcess(composed, await startEngine(context));
process.on("message", (question) => {
  // The other side of the channel is the test, which sends this type and no other.
  answer(question as EngineQuestion).then(send, (error: unknown) => send({ error: String(error) }));
});
process.on("disconnect", () => process.exit(0));
send({ ready: true });

async function answer(question: EngineQuestion): Promise<EngineAnswer> {
  if (question.kind === "launch") return launch(context, question.input);
  const columns = {
    id: jobs.id,
    provider: jobs.provider,
    step: jobs.step,
    userStatus: jobs.userStatus,
    providerJobId: jobs.providerJobId,
    trouble: jobs.trouble,
    failureMessage: jobs.failureMessage,
    countUnfinished: jobs.countUnfinished,
    resultLineCount: jobs.resultLineCount,
    resultUnreadableCount: jobs.resultUnreadableCount,
  };
  return { jobs: await context.db.select(columns).from(jobs).orderBy(asc(jobs.id)) };
}

function send(message: EngineAnswer): void {
  process.send?.(message);
}
