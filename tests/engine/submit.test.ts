import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { listJobSets } from "#lib/db/queries/list-job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { launch } from "#lib/engine/launch.ts";
import { submit } from "#lib/engine/submit.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { replaceProvider } from "#tests/setup/replace-provider.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();

function launchOn(provider: ProviderId, jobCount = 1) {
  return launch(world.context, {
    lanes: [{ provider, model: testModels[provider], jobCount, requestsPerJob: 2 }],
    prompts: { kind: "builtIn" },
  });
}

async function batchesAtProvider(provider: ProviderId): Promise<number> {
  let count = 0;
  for await (const _seen of world.context.providers.get(provider).list({ since: new Date(0) })) count += 1;
  return count;
}

function withProvider(
  provider: ProviderId,
  change: (real: BatchProvider) => Partial<BatchProvider>,
): AppContext {
  return replaceProvider(world.context, provider, change);
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
    await world.queue.step(lossy);
    expect((await world.readJobs())[0]).toMatchObject({
      providerJobId: null,
      trouble: "The connection broke.",
    });

    await world.queue.drain(lossy);
    expect(calls).toBe(1);
    expect(await batchesAtProvider(provider)).toBe(1);
    expect((await world.readJobs())[0]).toMatchObject({ step: "done", trouble: null });
  });

  it("that never arrived is made again", async () => {
    await launchOn(provider);
    const [job] = await world.readJobs();
    await world.context.db
      .update(jobs)
      .set({ submitStartedAt: world.clock.now() })
      .where(eq(jobs.id, job?.id ?? ""));
    await world.queue.drain(world.context);
    expect(await batchesAtProvider(provider)).toBe(1);
    expect((await world.readJobs())[0]?.step).toBe("done");
  });

  it("is not repeated for a job that is already submitted", async () => {
    await launchOn(provider);
    await world.queue.step(world.context);
    const [job] = await world.readJobs();
    await submit(world.context, { jobId: job?.id ?? "" });
    expect(await batchesAtProvider(provider)).toBe(1);
  });

  it("with a wrong key leaves the job waiting with a message that names the variable", async () => {
    world.context = world.createContext({ apiKey: "invalid" });
    await launchOn(provider);
    await world.queue.step(world.context);
    const [job] = await world.readJobs();
    expect(job).toMatchObject({ userStatus: "IN_PROGRESS", step: "submit" });
    expect(job?.trouble).toMatch(/_API_KEY/);
    expect(world.queue.waiting()).toHaveLength(1);
  });

  it("that cannot reach the provider waits, and goes on when it is back", async () => {
    const unreachable = world.createContext({ baseUrl: "http://127.0.0.1:9/v1" });
    await launchOn(provider);
    await world.queue.step(unreachable);
    expect((await world.readJobs())[0]?.trouble).toMatch(/[Cc]ould not reach/);
    await world.queue.drain(world.context);
    expect((await world.readJobs())[0]).toMatchObject({ step: "done", trouble: null });
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
  await world.queue.step(lossy);
  await world.queue.step(lossy);
  await world.queue.drain(world.context);
  const done = await world.readJobs();
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
  await world.queue.drain(refusing);
  expect((await world.readJobs())[0]).toMatchObject({
    userStatus: "FAILED",
    step: "done",
    failure: { message: "models/none is not found." },
  });
});

it("one provider in trouble does not hold up the others", async () => {
  await launch(world.context, {
    lanes: [
      { provider: "openai", model: testModels.openai, jobCount: 1, requestsPerJob: 1 },
      { provider: "google", model: testModels.google, jobCount: 1, requestsPerJob: 1 },
    ],
    prompts: { kind: "builtIn" },
  });
  const broken = withProvider("openai", () => ({ submit: () => Promise.reject(lostAnswer("openai")) }));
  const googleIsDone = async () =>
    (await world.readJobs()).some((job) => job.provider === "google" && job.step === "done");
  await world.queue.drain(broken, googleIsDone);
  const openai = (await world.readJobs()).find((job) => job.provider === "openai");
  expect(openai).toMatchObject({ userStatus: "IN_PROGRESS", step: "submit" });
});

it("a lane's parameters go into what its jobs submit, each lane its own", async () => {
  const lane = { provider: "openai", model: testModels.openai, jobCount: 1, requestsPerJob: 1 } as const;
  await launch(world.context, {
    lanes: [{ ...lane, parameters: { temperature: 0.2, extra: { seed: 7 } } }, lane],
    prompts: { kind: "builtIn" },
  });
  const submitted: unknown[] = [];
  const watched = withProvider("openai", (real) => ({
    submit: (input, options) => {
      submitted.push(input.parameters);
      return real.submit(input, options);
    },
  }));
  await world.queue.step(watched);
  await world.queue.step(watched);
  expect(submitted).toHaveLength(2);
  expect(submitted).toContainEqual({ temperature: 0.2, extra: { seed: 7 } });
  expect(submitted).toContainEqual({});
  const { jobSets } = await listJobSets(world.context.db, { page: 1, pageSize: 1 });
  expect(jobSets[0]?.lanes.map((each) => each.parameters)).toEqual([
    { temperature: 0.2, extra: { seed: 7 } },
    {},
  ]);
});
