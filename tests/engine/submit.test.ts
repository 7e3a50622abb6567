import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import { jobFilterSchema } from "#lib/domain/job-page.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { launch } from "#lib/engine/launch.ts";
import { submit } from "#lib/engine/submit.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { createManualClock } from "#tests/setup/manual-clock.ts";
import { createSteppedQueue, type SteppedQueue } from "#tests/setup/stepped-queue.ts";
import { createTestContext, startTestSandbox, type TestSandbox } from "#tests/setup/test-context.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

const clock = createManualClock();
let database: TestHandle;
let sandbox: TestSandbox;
let queue: SteppedQueue;
let context: AppContext;
let keyCounter = 0;

beforeAll(async () => {
  database = await openTestHandle();
  sandbox = await startTestSandbox(clock);
});
beforeEach(async () => {
  await database.empty();
  queue = createSteppedQueue(clock);
  keyCounter += 1;
  context = createTestContext(sandbox, { database, clock, queue, apiKey: `key-${keyCounter}` });
});
afterAll(async () => {
  await sandbox?.close();
  await database?.close();
});

const models = { openai: "gpt-4o-mini", google: "gemini-2.5-flash-lite", anthropic: "claude-haiku-5-5" };

function launchOn(provider: ProviderId, jobCount = 1) {
  return launch(context, {
    lanes: [{ provider, model: models[provider], jobCount, requestsPerJob: 2 }],
    prompts: { kind: "builtIn" },
  });
}

async function readJobs() {
  return (await listJobs(context.db, jobFilterSchema.parse({ pageSize: 200 }))).jobs;
}

async function batchesAtProvider(provider: ProviderId): Promise<number> {
  let count = 0;
  for await (const _seen of context.providers.get(provider).list({ since: new Date(0) })) count += 1;
  return count;
}

/** The context with one method of one provider replaced. */
function withProvider(
  provider: ProviderId,
  change: (real: BatchProvider) => Partial<BatchProvider>,
): AppContext {
  const real = context.providers.get(provider);
  const replaced: BatchProvider = Object.assign(Object.create(real), change(real));
  return {
    ...context,
    providers: {
      ...context.providers,
      get: (id) => (id === provider ? replaced : context.providers.get(id)),
      forAccount: (id, account) => (id === provider ? replaced : context.providers.forAccount(id, account)),
    },
  };
}

function lostAnswer(provider: ProviderId): ProviderError {
  return new ProviderError("The connection broke.", { provider, kind: "unreachable", isRetryable: true });
}

describe.each(["openai", "google", "anthropic"] as const)("a submission to %s", (provider) => {
  it("whose answer is lost is found again and not paid twice", async () => {
    await launchOn(provider);
    let calls = 0;
    const lossy = withProvider(provider, (real) => ({
      submit: async (input, options) => {
        calls += 1;
        await real.submit(input, options);
        throw lostAnswer(provider);
      },
    }));
    await queue.step(lossy);
    expect((await readJobs())[0]).toMatchObject({ providerJobId: null, trouble: "The connection broke." });

    await queue.drain(lossy);
    expect(calls).toBe(1);
    expect(await batchesAtProvider(provider)).toBe(1);
    expect((await readJobs())[0]).toMatchObject({ step: "done", trouble: null });
  });

  it("that never arrived is made again", async () => {
    await launchOn(provider);
    const [job] = await readJobs();
    await context.db
      .update(jobs)
      .set({ submitStartedAt: clock.now() })
      .where(eq(jobs.id, job?.id ?? ""));
    await queue.drain(context);
    expect(await batchesAtProvider(provider)).toBe(1);
    expect((await readJobs())[0]?.step).toBe("done");
  });

  it("is not repeated for a job that is already submitted", async () => {
    await launchOn(provider);
    await queue.step(context);
    const [job] = await readJobs();
    await submit(context, { jobId: job?.id ?? "" });
    expect(await batchesAtProvider(provider)).toBe(1);
  });

  it("with a wrong key leaves the job waiting with a message that names the variable", async () => {
    context = createTestContext(sandbox, { database, clock, queue, apiKey: "invalid" });
    await launchOn(provider);
    await queue.step(context);
    const [job] = await readJobs();
    expect(job).toMatchObject({ userStatus: "IN_PROGRESS", step: "submit" });
    expect(job?.trouble).toMatch(/_API_KEY/);
    expect(queue.waiting()).toHaveLength(1);
  });

  it("that cannot reach the provider waits, and goes on when it is back", async () => {
    const unreachable = createTestContext(sandbox, {
      database,
      clock,
      queue,
      apiKey: `key-${keyCounter}`,
      baseUrl: "http://127.0.0.1:9/v1",
    });
    await launchOn(provider);
    await queue.step(unreachable);
    expect((await readJobs())[0]?.trouble).toMatch(/[Cc]ould not reach/);
    await queue.drain(context);
    expect((await readJobs())[0]).toMatchObject({ step: "done", trouble: null });
    expect(await batchesAtProvider(provider)).toBe(1);
  });
});

it("two Anthropic submissions whose answers are lost end with one batch each, every answer at its own prompt", async () => {
  await launchOn("anthropic", 2);
  const lossy = withProvider("anthropic", (real) => ({
    submit: async (input, options) => {
      await real.submit(input, options);
      throw lostAnswer("anthropic");
    },
  }));
  await queue.step(lossy);
  await queue.step(lossy);
  await queue.drain(context);
  const done = await readJobs();
  expect(await batchesAtProvider("anthropic")).toBe(2);
  expect(new Set(done.map((job) => job.providerJobId)).size).toBe(2);
  for (const job of done) expect(job.counts).toMatchObject({ total: 2, unfinished: 0 });
});

it("a request the provider refuses ends as FAILED with the reason", async () => {
  await launchOn("google");
  const refusing = withProvider("google", () => ({
    submit: () =>
      Promise.reject(
        new ProviderError("models/none is not found.", {
          provider: "google",
          kind: "not_found",
          isRetryable: false,
        }),
      ),
  }));
  await queue.drain(refusing);
  expect((await readJobs())[0]).toMatchObject({
    userStatus: "FAILED",
    step: "done",
    failure: { message: "models/none is not found." },
  });
});

it("one provider in trouble does not hold up the others", async () => {
  await launch(context, {
    lanes: [
      { provider: "openai", model: models.openai, jobCount: 1, requestsPerJob: 1 },
      { provider: "google", model: models.google, jobCount: 1, requestsPerJob: 1 },
    ],
    prompts: { kind: "builtIn" },
  });
  const broken = withProvider("openai", () => ({ submit: () => Promise.reject(lostAnswer("openai")) }));
  const googleIsDone = async () =>
    (await readJobs()).some((job) => job.provider === "google" && job.step === "done");
  await queue.drain(broken, googleIsDone);
  const openai = (await readJobs()).find((job) => job.provider === "openai");
  expect(openai).toMatchObject({ userStatus: "IN_PROGRESS", step: "submit" });
});
