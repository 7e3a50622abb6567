import { beforeEach, expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { listAccountStates } from "#lib/db/queries/list-account-states.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { ProviderError, type ProviderErrorDetails } from "#lib/domain/errors.ts";
import { check } from "#lib/engine/check.ts";
import { launch } from "#lib/engine/launch.ts";
import { poll } from "#lib/engine/poll.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { replaceProvider } from "#tests/setup/replace-provider.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();

/** OpenAI in trouble, counting how often it is asked; null: it answers. */
let trouble: ProviderError | null;
let callCount: number;
let context: AppContext;

beforeEach(() => {
  trouble = null;
  callCount = 0;
  context = replaceProvider(world.context, "openai", (real) => ({
    async submit(input, options) {
      callCount += 1;
      if (trouble) throw trouble;
      return real.submit(input, options);
    },
    async get(id, options) {
      callCount += 1;
      if (trouble) throw trouble;
      return real.get(id, options);
    },
    async *list(query, options) {
      callCount += 1;
      if (trouble) throw trouble;
      yield* real.list(query, options);
    },
  }));
});

function failure(kind: ProviderErrorDetails["kind"], change: Partial<ProviderErrorDetails> = {}) {
  const isRetryable = kind === "rate_limit" || kind === "server" || kind === "unreachable";
  return new ProviderError(`OpenAI: ${kind}.`, { provider: "openai", kind, isRetryable, ...change });
}

function launchOnTwo(jobCount: number) {
  const lane = (provider: "openai" | "google") => ({
    provider,
    model: testModels[provider],
    jobCount,
    requestsPerJob: 1,
  });
  return launch(world.context, {
    lanes: [lane("openai"), lane("google")],
    prompts: { kind: "builtIn" },
  });
}

const isDone = async (provider: string) =>
  (await world.readJobs()).filter((job) => job.provider === provider).every((job) => job.step === "done");

it("a rate limit pauses its account for as long as it says, and nobody else", async () => {
  trouble = failure("rate_limit", { retryAfterSeconds: 600 });
  const startedAtMs = world.clock.now().getTime();
  await launchOnTwo(6);
  await world.queue.drain(context, () => isDone("google"));
  expect(world.clock.now().getTime() - startedAtMs).toBeLessThan(120_000);
  expect(callCount).toBe(1);
  const openai = (await world.readJobs()).filter((job) => job.provider === "openai");
  expect(openai.every((job) => job.step === "submit" && job.trouble === "OpenAI: rate_limit.")).toBe(true);
  const [state] = await listAccountStates(context.db);
  expect(state).toMatchObject({ provider: "openai", trouble: "rate_limited", failureCount: 1 });
  expect(state?.pausedUntil?.getTime()).toBe(startedAtMs + 600_000);

  trouble = null;
  await world.queue.drain(context);
  expect(await isDone("openai")).toBe(true);
  const [healed] = await listAccountStates(context.db);
  expect(healed).toMatchObject({ trouble: null, failureCount: 0, pausedUntil: null });
  expect(healed?.lastError).toBe("OpenAI: rate_limit.");
});

it("a refused key is asked about less and less, and at once when somebody looks", async () => {
  trouble = failure("authentication");
  await launchOnTwo(3);
  await world.queue.drain(context, () => isDone("google"));
  let waitedUntil = world.clock.now().getTime() + 3_600_000;
  await world.queue.drain(context, () => world.clock.now().getTime() > waitedUntil);
  expect(callCount).toBeLessThan(30);
  expect((await listAccountStates(context.db))[0]?.trouble).toBe("key_refused");

  const before = callCount;
  const waiting = (await world.readJobs()).find((job) => job.step === "submit");
  trouble = null;
  await check(context, [waiting?.id ?? ""]);
  waitedUntil = world.clock.now().getTime() + 2_000;
  await world.queue.drain(context, () => callCount > before);
  expect(world.clock.now().getTime()).toBeLessThan(waitedUntil);
  await world.queue.drain(context);
  expect(await isDone("openai")).toBe(true);
});

async function insertRunning(count: number): Promise<void> {
  const now = world.clock.now();
  const { account } = context.providers.get("openai");
  const rows = Array.from({ length: count }, (_, index) =>
    jobRow.running({
      id: `job_${index}`,
      providerJobId: `batch_${index}`,
      account,
      launchedAt: now,
      submittedAt: now,
      providerCreatedAt: now,
      nextCheckAt: now,
    }),
  );
  await context.db.insert(jobs).values(rows);
}

it.each(["authentication", "rate_limit", "unreachable", "server"] as const)(
  "a round of checks ends with the first answers that say %s",
  async (kind) => {
    trouble = failure(kind);
    await insertRunning(60);
    await poll(context, { provider: "openai", account: context.providers.get("openai").account });
    expect(callCount).toBeLessThanOrEqual(8);
    const shown = await world.readJobs();
    expect(shown.every((job) => job.trouble === `OpenAI: ${kind}.` && job.step === "poll")).toBe(true);
  },
);

it("a provider that fails now and then is not left alone", async () => {
  let turn = 0;
  const flaky = replaceProvider(world.context, "openai", (real) => ({
    async submit(input, options) {
      turn += 1;
      if (turn % 2 === 1) throw failure("server");
      return real.submit(input, options);
    },
  }));
  await launchOnTwo(8);
  const startedAtMs = world.clock.now().getTime();
  await world.queue.drain(flaky);
  expect(await isDone("openai")).toBe(true);
  expect(world.clock.now().getTime() - startedAtMs).toBeLessThan(180_000);
});
