import { eq } from "drizzle-orm";
import { beforeEach, expect, it, vi } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import { poll } from "#lib/engine/poll.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { providerJob } from "#tests/factories/provider-job.ts";
import { useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const target = { provider: "openai", account: "account-1" } as const;
let context: AppContext;
let answers: Map<string, ProviderJob | ProviderError>;
let calls: { get: number; list: number };

beforeEach(() => {
  answers = new Map();
  calls = { get: 0, list: 0 };
  context = withAnswers(world.context);
});

/** The context with a provider that says what the test put into `answers` and counts its calls. */
function withAnswers(real: AppContext): AppContext {
  const provider: BatchProvider = Object.assign(Object.create(real.providers.get("openai")), {
    account: target.account,
    get: async (id: string) => {
      calls.get += 1;
      const answer = answers.get(id);
      if (answer instanceof ProviderError) throw answer;
      if (!answer) throw notFound();
      return answer;
    },
    list: async function* () {
      calls.list += 1;
      for (const answer of answers.values()) if (!(answer instanceof ProviderError)) yield answer;
    },
  } satisfies Partial<BatchProvider>);
  return {
    ...real,
    providers: {
      configured: () => ["openai"],
      get: () => provider,
      forAccount: () => provider,
      callStats: () => null,
    },
  };
}

function notFound(): ProviderError {
  return new ProviderError("No batch found.", { provider: "openai", kind: "not_found", isRetryable: false });
}

async function insertJobs(count: number, change: Partial<ReturnType<typeof jobRow>> = {}) {
  const rows = Array.from({ length: count }, (_, index) =>
    jobRow.running({
      id: `job_${index}`,
      providerJobId: `batch_${index}`,
      account: target.account,
      launchedAt: world.clock.now(),
      submittedAt: world.clock.now(),
      providerCreatedAt: world.clock.now(),
      nextCheckAt: world.clock.now(),
      ...change,
    }),
  );
  await context.db.insert(jobs).values(rows);
  for (const row of rows)
    answers.set(row.providerJobId ?? "", providerJob.running({ id: row.providerJobId ?? "" }));
}

it("asks for a few jobs one by one and for many through list pages", async () => {
  await insertJobs(2);
  await poll(context, target);
  expect(calls).toEqual({ get: 2, list: 0 });

  await world.database.empty();
  answers.clear();
  await insertJobs(150);
  await poll(context, target);
  expect(calls).toEqual({ get: 2, list: 1 });
  expect((await world.readJobs()).every((job) => job.observed.lastCheckedAt !== null)).toBe(true);
});

it("lists for the young jobs only when an old one would make the listing long", async () => {
  await insertJobs(40);
  const day = 24 * 3_600_000;
  const longAgo = new Date(world.clock.now().getTime() - day);
  const ended = Array.from({ length: 3_000 }, (_, index) =>
    jobRow.succeeded(60, {
      id: `job_ended_${index}`,
      providerJobId: `batch_ended_${index}`,
      account: target.account,
      providerCreatedAt: new Date(longAgo.getTime() + (index + 1) * 1_000),
    }),
  );
  for (let start = 0; start < ended.length; start += 500) {
    await context.db.insert(jobs).values(ended.slice(start, start + 500));
  }
  await context.db.update(jobs).set({ providerCreatedAt: longAgo }).where(eq(jobs.id, "job_0"));
  // The provider lists newest first, and the old job only after pages of ended ones.
  answers.delete("batch_0");
  await poll(context, target);
  expect(calls).toEqual({ get: 1, list: 1 });
});

it("looks at a job less often as it ages, and never sooner than it is due", async () => {
  await insertJobs(1);
  await poll(context, target);
  const young = world.queue.waiting()[0]?.dueAtMs ?? 0;
  expect(young - world.clock.now().getTime()).toBeLessThanOrEqual(2_000);
  await context.db.update(jobs).set({ nextCheckAt: new Date(world.clock.now().getTime() + 5_000) });
  await poll(context, target);
  expect(calls.get).toBe(1);
  world.clock.advance(3_600);
  await context.db.update(jobs).set({ nextCheckAt: world.clock.now() });
  await poll(context, target);
  const [row] = await context.db.select().from(jobs);
  const waitSeconds = ((row?.nextCheckAt?.getTime() ?? 0) - world.clock.now().getTime()) / 1000;
  expect(waitSeconds).toBeGreaterThan(90);
  expect(waitSeconds).toBeLessThan(150);
});

it("notes that a job was looked at when nothing about it has changed", async () => {
  await insertJobs(3);
  await poll(context, target);
  world.clock.advance(30);
  await poll(context, target);
  const rows = await context.db.select().from(jobs);
  expect(calls.get).toBe(6);
  for (const row of rows) {
    expect(row.lastCheckedAt).toEqual(world.clock.now());
    expect(row.nextCheckAt?.getTime()).toBeGreaterThan(world.clock.now().getTime());
    expect(row.raw).toEqual({});
  }
});

it("keeps an unknown service status as it is and the job in progress", async () => {
  await insertJobs(1);
  answers.set("batch_0", providerJob.running({ id: "batch_0", serviceStatus: "paused" }));
  await poll(context, target);
  expect((await world.readJobs())[0]).toMatchObject({
    serviceStatus: "paused",
    userStatus: "IN_PROGRESS",
    step: "poll",
  });
});

it("waits for results that appear after the end", async () => {
  await insertJobs(1);
  answers.set("batch_0", providerJob.completed({ id: "batch_0", hasResults: false }));
  await poll(context, target);
  expect((await world.readJobs())[0]).toMatchObject({ userStatus: "SUCCEEDED", step: "poll" });
  answers.set("batch_0", providerJob.completed({ id: "batch_0" }));
  world.clock.advance(5);
  await poll(context, target);
  expect((await world.readJobs())[0]).toMatchObject({ step: "collect" });
  expect(world.queue.waiting().some((message) => message.name === "collect")).toBe(true);
});

it("forgives a fresh batch that its own provider does not know yet", async () => {
  await insertJobs(1);
  answers.set("batch_0", notFound());
  await poll(context, target);
  expect((await world.readJobs())[0]).toMatchObject({ userStatus: "IN_PROGRESS", step: "poll" });
});

it("gives up a job that its provider denies again and again, with the reason", async () => {
  await insertJobs(1);
  answers.set("batch_0", notFound());
  world.clock.advance(600);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await context.db.update(jobs).set({ nextCheckAt: world.clock.now() }).where(eq(jobs.step, "poll"));
    await poll(context, target);
    world.clock.advance(300);
  }
  const [job] = await world.readJobs();
  expect(job).toMatchObject({ userStatus: "FAILED", step: "done", failure: { code: "not_found" } });
});

it("cancels a job launched here after 24 hours, once, and an adopted one never", async () => {
  await insertJobs(1);
  world.clock.advance(24 * 3_600 + 1);
  await context.db.update(jobs).set({ nextCheckAt: world.clock.now() });
  await poll(context, target);
  expect((await world.readJobs())[0]?.cancelReason).toBe("time_out");
  expect(world.queue.waiting().filter((message) => message.name === "cancel")).toHaveLength(1);

  await world.database.empty();
  await world.queue.clear();
  await insertJobs(1, { origin: "adopted" });
  world.clock.advance(24 * 3_600 + 1);
  await context.db.update(jobs).set({ nextCheckAt: world.clock.now() });
  await poll(context, target);
  expect((await world.readJobs())[0]?.cancelReason).toBeNull();
  expect(world.queue.waiting().filter((message) => message.name === "cancel")).toHaveLength(0);
});

it("shows trouble while it lasts and asks again with growing pauses", async () => {
  await insertJobs(1);
  const outage = new ProviderError("Could not reach OpenAI.", {
    provider: "openai",
    kind: "unreachable",
    isRetryable: true,
  });
  answers.set("batch_0", outage);
  await poll(context, target);
  expect((await world.readJobs())[0]).toMatchObject({
    trouble: "Could not reach OpenAI.",
    userStatus: "IN_PROGRESS",
  });
  answers.set("batch_0", providerJob.running({ id: "batch_0" }));
  world.clock.advance(10);
  await poll(context, target);
  expect((await world.readJobs())[0]?.trouble).toBeNull();
});

it("does not let an answer that was overtaken reopen a job that has ended", async () => {
  await insertJobs(1, { endSeenAt: world.clock.now(), userStatus: "SUCCEEDED", serviceStatus: "completed" });
  answers.set("batch_0", providerJob.running({ id: "batch_0" }));
  await poll(context, target);
  expect((await world.readJobs())[0]).toMatchObject({ userStatus: "SUCCEEDED", serviceStatus: "completed" });
});

it("writes many jobs that have come further in a few statements, and tells of each of them", async () => {
  await insertJobs(250);
  for (const [id, answer] of answers) {
    if (answer instanceof ProviderError) continue;
    const counts = { ...answer.counts, total: 10, succeeded: 3 };
    answers.set(id, { ...answer, counts, serviceStatus: "finalizing" });
  }
  const told = new Set<string>();
  const stop = await context.live.subscribe((event) => {
    if (event.type === "jobs.changed") for (const id of event.jobIds) told.add(id);
  });
  const update = vi.spyOn(context.db, "update");
  const execute = vi.spyOn(context.db, "execute");

  await poll(context, target);

  const writes = update.mock.calls.length + execute.mock.calls.length;
  expect(writes).toBeLessThan(30);
  const rows = await context.db
    .select({ status: jobs.serviceStatus, succeeded: jobs.countSucceeded, step: jobs.step, raw: jobs.raw })
    .from(jobs);
  expect(new Set(rows.map((row) => `${row.status} ${row.succeeded} ${row.step}`))).toEqual(
    new Set(["finalizing 3 poll"]),
  );
  expect(rows.every((row) => row.raw !== null)).toBe(true);
  await vi.waitFor(() => expect(told.size).toBe(250));
  stop();
});

it("leaves a job alone that has ended while its provider was asked", async () => {
  await insertJobs(3);
  const answered = context.providers.get("openai");
  const get = answered.get.bind(answered);
  answered.get = async (id, options) => {
    const seen = await get(id, options);
    await context.db.update(jobs).set({ endSeenAt: world.clock.now() }).where(eq(jobs.id, "job_1"));
    return seen;
  };

  await poll(context, target);

  const rows = await context.db.select({ id: jobs.id, at: jobs.lastCheckedAt }).from(jobs);
  expect(rows.flatMap((row) => (row.at === null ? [row.id] : []))).toEqual(["job_1"]);
});
