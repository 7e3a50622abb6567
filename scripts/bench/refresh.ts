import type { AppContext } from "#lib/context.ts";
import { jobs, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { createId } from "#lib/domain/ids.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { poll } from "#lib/engine/poll.ts";
import { z } from "zod";
import { measureSeconds, medianOf, type Benchmark } from "./support/benchmark.ts";
import { apiKey, latencyMs, withSandbox, type SandboxAtWork } from "./support/with-sandbox.ts";

const rounds = 3;
const batchSchema = z.object({ id: z.string(), createdAt: z.coerce.date() });

/** One look at all active jobs of an account, rows written; against one get for each, one after another. */
export const refreshBenchmarks: Benchmark[] = providerIds.map((provider) => ({
  name: `refresh-${provider}`,
  run: ({ directory, scaled, say }) =>
    withSandbox(directory, async (sandbox) => {
      const { context } = sandbox;
      const jobCount = scaled(1000);
      const rows = await makeActiveJobs(sandbox, provider, jobCount);
      const target = { provider, account: context.providers.get(provider).account };
      await sandbox.takeCallCount();
      const seconds: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        await writeDueJobs(context, rows);
        seconds.push(await measureSeconds(() => poll(context, target)));
        say(`polled: ${seconds.at(-1)?.toFixed(2)} s`);
        await assertAllChecked(context, jobCount);
      }
      const calls = (await sandbox.takeCallCount()) / rounds;
      const baseline = await measureSeconds(() => getOneByOne(context, provider, rows));
      const baselineCalls = await sandbox.takeCallCount();
      say(`one after another: ${baseline.toFixed(2)} s`);
      const ours = medianOf(seconds);
      return {
        ours,
        baseline,
        ratio: baseline / ours,
        aim: 20,
        unit: "seconds",
        extra: { jobCount, latencyMs, calls, baselineCalls, callsRatio: baselineCalls / calls, callsAim: 50 },
      };
    }),
}));

/** Running batches at the provider, created over the last half hour, and the rows that stand for them. */
async function makeActiveJobs(
  { context, control }: SandboxAtWork,
  provider: ProviderId,
  jobCount: number,
): Promise<NewJobRow[]> {
  const { account } = context.providers.get(provider);
  const rows: NewJobRow[] = [];
  for (let index = 0; index < jobCount; index += 1) {
    const ageSeconds = 60 + (index * 1800) / jobCount;
    const made = await control("batches", {
      provider,
      key: apiKey,
      state: "running",
      ageSeconds,
      requests: 10,
    });
    const { id, createdAt } = batchSchema.parse(made);
    rows.push({
      id: createId("job"),
      origin: "launched",
      provider,
      account,
      isSimulated: true,
      task: "text",
      requestCount: 10,
      providerJobId: id,
      providerCreatedAt: createdAt,
      userStatus: "IN_PROGRESS",
      step: "poll",
      launchedAt: createdAt,
      submittedAt: createdAt,
      nextCheckAt: createdAt,
    });
  }
  return rows;
}

/** All of them due, and as they were before the first look, so that every round has to write every row anew. */
async function writeDueJobs(context: AppContext, rows: NewJobRow[]): Promise<void> {
  await context.db.delete(jobs);
  for (let start = 0; start < rows.length; start += 500) {
    await context.db.insert(jobs).values(rows.slice(start, start + 500));
  }
}

async function assertAllChecked(context: AppContext, jobCount: number): Promise<void> {
  const rows = await context.db
    .select({ lastCheckedAt: jobs.lastCheckedAt, trouble: jobs.trouble })
    .from(jobs);
  const checked = rows.filter((row) => row.lastCheckedAt !== null && row.trouble === null);
  if (checked.length !== jobCount)
    throw new Error(`Only ${checked.length} of ${jobCount} jobs were checked.`);
}

async function getOneByOne(context: AppContext, provider: ProviderId, rows: NewJobRow[]): Promise<void> {
  const adapter = context.providers.get(provider);
  for (const { providerJobId } of rows) if (providerJobId) await adapter.get(providerJobId);
}
