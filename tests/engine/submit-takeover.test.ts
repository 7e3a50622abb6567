import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import { createId } from "#lib/domain/ids.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { launch } from "#lib/engine/launch.ts";
import { settleCreated } from "#lib/engine/settle-submission.ts";
import { SubmissionGate } from "#lib/engine/submission-gate.ts";
import { markCreating } from "#lib/engine/submit-lease.ts";
import { submit } from "#lib/engine/submit.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { replaceProvider } from "#tests/setup/replace-provider.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const providers = ["openai", "google", "anthropic"] as const;

async function launchOn(provider: ProviderId, jobCount = 1): Promise<JobRow[]> {
  await launch(world.context, {
    lanes: [{ provider, model: testModels[provider], jobCount, requestsPerJob: 2 }],
    prompts: { kind: "builtIn" },
  });
  return world.context.db.select().from(jobs).orderBy(jobs.launchOrder);
}

async function readRow(id: string): Promise<JobRow> {
  const [row] = await world.context.db.select().from(jobs).where(eq(jobs.id, id));
  if (!row) throw new Error(`There is no job ${id}.`);
  return row;
}

/** The batches at the provider, those that failed or were cancelled without an answer aside: what is paid for. */
async function paidBatches(provider: ProviderId): Promise<ProviderJob[]> {
  const paid: ProviderJob[] = [];
  for await (const seen of world.context.providers.get(provider).list({ since: new Date(0) })) {
    const wasStopped = /fail|cancel/i.test(seen.serviceStatus) || (seen.counts.cancelled ?? 0) > 0;
    if (!wasStopped) paid.push(seen);
  }
  return paid;
}

/** Another process on the same database, whose marks and leases are its own. */
function anotherProcess(name: string, change?: (real: BatchProvider) => Partial<BatchProvider>): AppContext {
  const own = { ...world.context, processId: name, submissions: new SubmissionGate() };
  const postgres = { ...own.database, driver: { kind: "postgres" as const, url: "" } };
  const context: AppContext = { ...own, database: postgres };
  if (!change) return context;
  return providers.reduce<AppContext>((all, id) => replaceProvider(all, id, change), context);
}

type Gate = {
  reached: Promise<void>;
  open: () => void;
  change: (real: BatchProvider) => Partial<BatchProvider>;
};

/** Holds a submission between two of its instructions, as a process does that is stopped there. */
function pausedAt(moment: "before mark" | "before create" | "before answer"): Gate {
  const { promise: reached, resolve: arrive } = Promise.withResolvers<void>();
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const hold = async () => {
    arrive();
    await opened;
  };
  const change = (real: BatchProvider): Partial<BatchProvider> => ({
    async submit(input, options) {
      const created = await real.submit(
        {
          ...input,
          async beforeCreate(call) {
            if (moment === "before mark") await hold();
            await input.beforeCreate?.(call);
            if (moment === "before create") await hold();
          },
        },
        options,
      );
      if (moment === "before answer") await hold();
      return created;
    },
  });
  return { reached, open, change };
}

describe.each(providers)("two processes with one job for %s", (provider) => {
  it.each(["before mark", "before create", "before answer"] as const)(
    "pay for one batch when the first is stopped %s and goes on after the second took over",
    async (moment) => {
      const [job] = await launchOn(provider);
      const id = job?.id ?? "";
      const gate = pausedAt(moment);
      const first = submit(anotherProcess("first", gate.change), { jobId: id });
      await gate.reached;
      world.clock.advance(3_600);
      const second = anotherProcess("second");
      await submit(second, { jobId: id });
      const taken = await readRow(id);
      expect(taken.providerJobId).not.toBeNull();
      gate.open();
      await first;
      const settled = await readRow(id);
      expect(settled.providerJobId).toBe(taken.providerJobId);
      expect((await paidBatches(provider)).map((batch) => batch.id)).toEqual([settled.providerJobId]);
    },
  );

  it("does not look for the batch of a call that may still be on its way", async () => {
    const [job] = await launchOn(provider);
    const id = job?.id ?? "";
    const gate = pausedAt("before create");
    const first = submit(anotherProcess("first", gate.change), { jobId: id });
    await gate.reached;
    world.clock.advance(10);
    await submit(anotherProcess("second"), { jobId: id });
    expect((await readRow(id)).providerJobId).toBeNull();
    gate.open();
    await first;
    expect((await readRow(id)).providerJobId).not.toBeNull();
    expect(await paidBatches(provider)).toHaveLength(1);
  });

  it("keeps the mark of a call whose outcome is unknown when looking for its batch fails", async () => {
    const [job] = await launchOn(provider);
    const id = job?.id ?? "";
    await world.queue.step(
      replaceProvider(world.context, provider, (real) => ({
        async submit(input, options) {
          await real.submit(input, options);
          throw new ProviderError("The connection broke.", {
            provider,
            kind: "unreachable",
            isRetryable: true,
          });
        },
      })),
    );
    world.clock.advance(60);
    const refusing = replaceProvider(world.context, provider, () => ({
      // oxlint-disable-next-line require-yield -- it fails before its first batch
      async *list(): AsyncIterable<ProviderJob> {
        throw new ProviderError("Not allowed.", { provider, kind: "permission", isRetryable: false });
      },
    }));
    await submit(refusing, { jobId: id });
    expect(await readRow(id)).toMatchObject({ step: "submit", trouble: "Not allowed." });
    expect((await readRow(id)).submitStartedAt).not.toBeNull();
    world.clock.advance(3_600);
    await world.queue.drain(world.context);
    expect(await paidBatches(provider)).toHaveLength(1);
  });

  it.each(["error-after", "close-after"])("does not pay again after the fault %s", async (kind) => {
    await world.control("faults", { kind, provider, endpoint: "batches.create", times: 1 });
    const [job] = await launchOn(provider);
    await world.queue.step(world.context);
    expect(await readRow(job?.id ?? "")).toMatchObject({ step: "submit", providerJobId: null });
    await world.queue.drain(world.context);
    expect(await readRow(job?.id ?? "")).toMatchObject({ step: "done", trouble: null });
    expect(await paidBatches(provider)).toHaveLength(1);
  });

  it("gives an imported row to the job that was launched here, when both are the same batch", async () => {
    const [job] = await launchOn(provider);
    const id = job?.id ?? "";
    const gate = pausedAt("before answer");
    const first = submit(anotherProcess("first", gate.change), { jobId: id });
    await gate.reached;
    const [batch] = await paidBatches(provider);
    await world.context.db.insert(jobs).values(
      jobRow.running({
        id: createId("job"),
        provider,
        account: world.context.providers.get(provider).account,
        origin: "adopted",
        providerJobId: batch?.id ?? "",
        nonce: null,
        timeOutSeconds: null,
      }),
    );
    gate.open();
    await first;
    const rows = await world.context.db.select().from(jobs);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ id, providerJobId: batch?.id });
  });
});

describe("a lost answer at Anthropic, which keeps no name", () => {
  const provider = "anthropic";

  /** A batch of the same size that somebody else has made with the same key. */
  function makeForeignBatch(): Promise<ProviderJob> {
    return world.context.providers.get(provider).submit({
      jobName: "somebody else's",
      model: testModels.anthropic,
      maxOutputTokens: 16,
      parameters: {},
      requestCount: 2,
      async *requests() {
        yield { customId: "invoice-17", prompt: "Not ours." };
        yield { customId: "invoice-18", prompt: "Not ours either." };
      },
    });
  }

  const loseAnswer = (real: BatchProvider): Partial<BatchProvider> => ({
    async submit(input, options) {
      await real.submit(input, options);
      throw new ProviderError("The connection broke.", { provider, kind: "unreachable", isRetryable: true });
    },
  });

  it("is never settled with somebody else's batch of the same size", async () => {
    const [job] = await launchOn(provider);
    const id = job?.id ?? "";
    // Marked, but the call never arrived; the foreign batch is the only one of its size.
    await world.context.db.update(jobs).set({ submitStartedAt: world.clock.now() }).where(eq(jobs.id, id));
    const foreign = await makeForeignBatch();
    await world.queue.drain(world.context);
    const settled = await readRow(id);
    expect(settled).toMatchObject({ step: "done", isUnproven: false, userStatus: "SUCCEEDED" });
    expect(settled.providerJobId).not.toBe(foreign.id);
    expect(settled.foreignIds).toEqual([foreign.id]);
    expect(await paidBatches(provider)).toHaveLength(2);
    const [shown] = await world.readJobs();
    expect(shown?.collected?.lineCount).toBe(2);
  });

  it("finds its own batch beside a foreign one without paying again", async () => {
    const foreign = await makeForeignBatch();
    const [job] = await launchOn(provider);
    await world.queue.step(replaceProvider(world.context, provider, loseAnswer));
    await world.queue.drain(world.context);
    const settled = await readRow(job?.id ?? "");
    expect(settled).toMatchObject({ step: "done", isUnproven: false });
    expect(settled.providerJobId).not.toBe(foreign.id);
    expect(await paidBatches(provider)).toHaveLength(2);
  });

  it("gives a batch back to the job whose own call has created it", async () => {
    const [fresh, stale] = await launchOn(provider, 2);
    const gate = pausedAt("before answer");
    const settling = submit(anotherProcess("first", gate.change), { jobId: fresh?.id ?? "" });
    await gate.reached;
    await world.context.db
      .update(jobs)
      .set({ submitStartedAt: world.clock.now() })
      .where(eq(jobs.id, stale?.id ?? ""));
    world.clock.advance(60);
    await submit(anotherProcess("second"), { jobId: stale?.id ?? "" });
    expect((await readRow(stale?.id ?? "")).isUnproven).toBe(true);
    gate.open();
    await settling;
    expect(await readRow(fresh?.id ?? "")).toMatchObject({ isUnproven: false });
    expect(await readRow(stale?.id ?? "")).toMatchObject({ step: "submit", providerJobId: null });
    await world.queue.drain(world.context);
    expect(await paidBatches(provider)).toHaveLength(2);
    const done = await world.readJobs();
    expect(done.map((job) => job.collected?.lineCount)).toEqual([2, 2]);
    expect(new Set(done.map((job) => job.providerJobId)).size).toBe(2);
  });

  it("is not cancelled by the time-out before it is proven to be ours", async () => {
    const [job] = await launchOn(provider);
    const id = job?.id ?? "";
    await world.queue.step(replaceProvider(world.context, provider, loseAnswer));
    world.clock.advance(20);
    await submit(world.context, { jobId: id });
    const found = await readRow(id);
    expect(found.isUnproven).toBe(true);
    world.clock.advance(25 * 3_600);
    await world.queue.drain(world.context);
    expect(await readRow(id)).toMatchObject({ cancelReason: null, userStatus: "SUCCEEDED" });
  });
});

it("a mark that took so long that the process must have slept is taken back", async () => {
  const [job] = await launchOn("openai");
  if (!job) throw new Error("There is no job.");
  const startedAt = world.clock.now();
  const times = [startedAt, new Date(startedAt.getTime() + 60_000)];
  const sleepy = { ...world.context, clock: { now: () => times.shift() ?? startedAt } };
  const call = { inputFile: "file-1", timeoutMs: 30_000 };
  await expect(markCreating(sleepy, job, job.account, call)).rejects.toMatchObject({ mayTryAgain: true });
  expect(await readRow(job.id)).toMatchObject({ step: "submit", submitStartedAt: null, inputFile: null });
  await world.queue.drain(world.context);
  expect(await paidBatches("openai")).toHaveLength(1);
});

it("only one of several attempts that have read the same row may create, however they are written", async () => {
  const [first, second] = await launchOn("openai", 2);
  if (!first || !second) throw new Error("There are no jobs.");
  const mark = (job: JobRow) =>
    markCreating(world.context, job, job.account, { inputFile: null, timeoutMs: 30_000 });
  // The first write is under way when the others come: they go together.
  const [other, ...attempts] = await Promise.allSettled([first, second, second, second].map(mark));
  expect(other?.status).toBe("fulfilled");
  const won = attempts.flatMap((attempt) => (attempt.status === "fulfilled" ? [attempt.value] : []));
  expect(won).toHaveLength(1);
  expect((await readRow(second.id)).submitLease).toBe(won[0]?.submitLease);
});

it("batches that were created side by side are each settled, also beside one that was imported meanwhile", async () => {
  const launched = await launchOn("openai", 4);
  const imported = launched[2]?.id;
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  let createdCount = 0;
  const together = replaceProvider(world.context, "openai", (real) => ({
    async submit(input, options) {
      const created = await real.submit(input, options);
      if (input.jobName === imported) {
        await world.context.db.insert(jobs).values(
          jobRow.running({
            id: "job_imported",
            origin: "adopted",
            account: real.account,
            providerJobId: created.id,
          }),
        );
      }
      createdCount += 1;
      if (createdCount === launched.length) open();
      await opened;
      return created;
    },
  }));
  await Promise.all(launched.map(({ id }) => submit(together, { jobId: id })));
  const rows = await world.context.db.select().from(jobs);
  expect(rows.map(({ id }) => id).toSorted()).toEqual(launched.map(({ id }) => id).toSorted());
  expect(new Set(rows.map(({ providerJobId }) => providerJobId)).size).toBe(launched.length);
  expect(rows.map(({ step }) => step)).not.toContain("submit");
  expect(await paidBatches("openai")).toHaveLength(launched.length);
});

it("an answer that comes after another attempt has made its own call is not written, and its batch is cancelled", async () => {
  const [job] = await launchOn("openai");
  if (!job) throw new Error("There is no job.");
  const call = { inputFile: null, timeoutMs: 30_000 };
  const provider = world.context.providers.get("openai");
  const late = await markCreating(world.context, job, provider.account, call);
  const taken = await markCreating(anotherProcess("second"), await readRow(job.id), provider.account, call);
  const surplus = await provider.submit({
    jobName: job.id,
    model: testModels.openai,
    maxOutputTokens: 10,
    parameters: {},
    requestCount: 1,
    async *requests() {
      yield { customId: "0123456789abcdef-0", prompt: "One." };
    },
  });
  await settleCreated(world.context, late, surplus, provider);
  expect(await readRow(job.id)).toMatchObject({ providerJobId: null, submitLease: taken.submitLease });
  expect((await provider.get(surplus.id)).serviceStatus).toMatch(/^cancel/);
});
