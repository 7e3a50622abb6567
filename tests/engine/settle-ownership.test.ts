import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { jobs, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { customIdOf } from "#lib/domain/ids.ts";
import { collect } from "#lib/engine/collect.ts";
import { poll } from "#lib/engine/poll.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const provider = "anthropic";
const nonces = { first: "aaaaaaaaaaaaaaaa", second: "bbbbbbbbbbbbbbbb", third: "cccccccccccccccc" };

function adapter() {
  return world.context.providers.get(provider);
}

/** A batch of two requests at the provider, with the custom ids of a job that was launched with this nonce. */
async function createBatch(nonce: string): Promise<string> {
  const created = await adapter().submit({
    jobName: "job",
    model: testModels[provider],
    maxOutputTokens: 16,
    requestCount: 2,
    parameters: {},
    async *requests() {
      for (const index of [0, 1]) yield { customId: customIdOf(nonce, index), prompt: `${nonce} ${index}` };
    },
  });
  return created.id;
}

async function batchCount(): Promise<number> {
  let count = 0;
  for await (const _seen of adapter().list({ since: new Date(0) })) count += 1;
  return count;
}

function holder(change: Partial<NewJobRow>): NewJobRow {
  const now = world.clock.now();
  return jobRow.running({
    provider,
    account: adapter().account,
    model: testModels[provider],
    requestCount: 2,
    submitStartedAt: now,
    submittedAt: now,
    launchedAt: now,
    nextCheckAt: now,
    isUnproven: true,
    ...change,
  });
}

async function collectInOrder(jobIds: string[]): Promise<void> {
  world.clock.advance(60);
  await poll(world.context, { provider, account: adapter().account });
  for (const jobId of jobIds) await collect(world.context, { jobId });
  await world.queue.drain(world.context);
}

it("keeps a batch whose job changed to another one's requests before this one could be proven", async () => {
  // The second job's first call was lost, too; the first job took that batch for its own before the second one's next
  // call was answered. The third job's call never arrived, and it took the first one's.
  const lostOfSecond = await createBatch(nonces.second);
  const lostOfFirst = await createBatch(nonces.first);
  const ownOfSecond = await createBatch(nonces.second);
  await world.context.db.insert(jobs).values([
    holder({ id: "job_1", nonce: nonces.first, promptOffset: 10, providerJobId: lostOfSecond }),
    holder({
      id: "job_2",
      nonce: nonces.second,
      promptOffset: 20,
      providerJobId: ownOfSecond,
      isUnproven: false,
    }),
    holder({ id: "job_3", nonce: nonces.third, promptOffset: 30, providerJobId: lostOfFirst }),
  ]);

  await collectInOrder(["job_1", "job_2", "job_3"]);

  expect(await batchCount()).toBe(3);
  const rows = await world.context.db.select().from(jobs).orderBy(jobs.id);
  expect(rows.map((row) => [row.providerJobId, row.promptOffset, row.step, row.resultLineCount])).toEqual([
    [lostOfSecond, 20, "done", 2],
    [ownOfSecond, 20, "done", 2],
    [lostOfFirst, 10, "done", 2],
  ]);
  expect(rows[0]?.displacedIntents).toMatchObject([{ nonce: nonces.third, promptOffset: 30 }]);
});

it("lets go of a batch that nobody here has launched, and creates the job's own", async () => {
  const foreign = await createBatch("dddddddddddddddd");
  await world.context.db
    .insert(jobs)
    .values(holder({ id: "job_1", nonce: nonces.first, providerJobId: foreign, jobSetId: null }));

  world.clock.advance(60);
  await poll(world.context, { provider, account: adapter().account });
  await collect(world.context, { jobId: "job_1" });

  const [row] = await world.context.db.select().from(jobs).where(eq(jobs.id, "job_1"));
  expect(row).toMatchObject({ step: "submit", providerJobId: null, foreignIds: [foreign] });
});
