import { eq, count } from "drizzle-orm";
import { setTimeout as delay } from "node:timers/promises";
import type { AppContext } from "#lib/context.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { createId, customIdOf, randomToken } from "#lib/domain/ids.ts";
import { suggestedModels } from "#lib/domain/model.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { startEngine } from "#lib/engine/engine.ts";
import { launch } from "#lib/engine/launch.ts";
import { builtInPrompt } from "#lib/prompts/built-in.ts";
import type { SubmitInput } from "#lib/providers/provider.ts";
import { measureSeconds, medianOf, type Benchmark } from "./support/benchmark.ts";
import { latencyMs, withSandbox } from "./support/with-sandbox.ts";

const requestsPerJob = 10;
const rounds = 5;

/** A job set over three providers, from `launch` until the last job is at its provider; against one job after another. */
export const launchBenchmark: Benchmark = {
  name: "launch",
  run: ({ directory, scaled, say }) =>
    withSandbox(directory, async ({ context }) => {
      const jobCount = scaled(100);
      await submitOneByOne(context, providerIds.length);
      const baseline = await measureSeconds(() => submitOneByOne(context, jobCount));
      say(`one after another: ${baseline.toFixed(2)} s`);
      const engine = await startEngine(context);
      const seconds: number[] = [];
      try {
        await launchAndWait(context, providerIds.length);
        for (let round = 0; round < rounds; round += 1) {
          seconds.push(await measureSeconds(() => launchAndWait(context, jobCount)));
          say(`launched: ${seconds.at(-1)?.toFixed(2)} s`);
        }
      } finally {
        await engine.stop(5);
      }
      const ours = medianOf(seconds);
      return {
        ours,
        baseline,
        ratio: baseline / ours,
        aim: 10,
        unit: "seconds",
        extra: { jobCount, requestsPerJob, latencyMs, jobsPerSecond: jobCount / ours },
      };
    }),
};

/** The jobs dealt out to the providers in turn. */
function jobCountsOf(jobCount: number): { provider: ProviderId; jobCount: number }[] {
  return providerIds.map((provider, index) => ({
    provider,
    jobCount: Math.ceil((jobCount - index) / providerIds.length),
  }));
}

async function submitOneByOne(context: AppContext, jobCount: number): Promise<void> {
  for (const lane of jobCountsOf(jobCount)) {
    const provider = context.providers.get(lane.provider);
    for (let job = 0; job < lane.jobCount; job += 1) await provider.submit(submitInput(lane.provider));
  }
}

function submitInput(provider: ProviderId): SubmitInput {
  const nonce = randomToken(16);
  return {
    jobName: createId("job"),
    model: suggestedModels[provider],
    maxOutputTokens: 1024,
    parameters: {},
    requestCount: requestsPerJob,
    async *requests() {
      for (let index = 0; index < requestsPerJob; index += 1) {
        yield { customId: customIdOf(nonce, index), prompt: builtInPrompt(index) };
      }
    },
  };
}

async function launchAndWait(context: AppContext, jobCount: number): Promise<void> {
  await launch(context, {
    lanes: jobCountsOf(jobCount).map((lane) => ({
      ...lane,
      model: suggestedModels[lane.provider],
      requestsPerJob,
    })),
    prompts: { kind: "builtIn" },
  });
  while ((await countUnsubmitted(context)) > 0) await delay(50);
}

async function countUnsubmitted(context: AppContext): Promise<number> {
  const [row] = await context.db.select({ waiting: count() }).from(jobs).where(eq(jobs.step, "submit"));
  return row?.waiting ?? 0;
}
