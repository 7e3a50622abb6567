import { describe, expect, it } from "vitest";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { AppError } from "#lib/domain/errors.ts";
import { jobFilterSchema } from "#lib/domain/job-page.ts";
import { launch } from "#lib/engine/launch.ts";
import { launchOrderOf } from "#lib/engine/launch-order.ts";
import { createProviderRegistry } from "#lib/providers/registry.ts";
import { useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();

const lane = { provider: "openai", model: "gpt-4o-mini", jobCount: 1, requestsPerJob: 1 };
const builtIn = { kind: "builtIn" };

async function refusalOf(input: unknown): Promise<AppError> {
  const error = await launch(world.context, input).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error("The launch was expected to be refused.");
  return error;
}

describe("input that cannot be launched", () => {
  it.each([
    ["zero jobs", { lanes: [{ ...lane, jobCount: 0 }], prompts: builtIn }, "lanes.0.jobCount"],
    ["a million jobs", { lanes: [{ ...lane, jobCount: 1_000_000 }], prompts: builtIn }, "lanes.0.jobCount"],
    ["half a job", { lanes: [{ ...lane, jobCount: 1.5 }], prompts: builtIn }, "lanes.0.jobCount"],
    ["a lane without model", { lanes: [{ ...lane, model: "  " }], prompts: builtIn }, "lanes.0.model"],
    ["an unknown provider", { lanes: [{ ...lane, provider: "acme" }], prompts: builtIn }, "lanes.0.provider"],
    ["no lane", { lanes: [], prompts: builtIn }, "lanes"],
    ["no prompt", { lanes: [lane], prompts: { kind: "own", prompts: [] } }, "prompts.prompts"],
    [
      "too many requests in all",
      { lanes: [{ ...lane, jobCount: 100, requestsPerJob: 50_000 }], prompts: builtIn },
      "lanes",
    ],
  ])("%s is refused at its field and leaves nothing behind", async (_what, input, field) => {
    const error = await refusalOf(input);
    expect(error.code).toBe("invalid_input");
    expect(error.problems.map((problem) => problem.field)).toContain(field);
    expect((await listJobs(world.context.db, jobFilterSchema.parse({}))).hasJobs).toBe(false);
  });

  it("jobs larger than their provider takes are refused at their lane before anything is uploaded", async () => {
    const long = { kind: "own", prompts: ["x".repeat(10_000)] };
    const large = { ...lane, requestsPerJob: 25_000 };
    const google = { ...large, provider: "google", model: "gemini-2.5-flash-lite" };
    const error = await refusalOf({ lanes: [lane, large, google], prompts: long });
    expect(error.problems).toEqual([
      {
        field: "lanes.1.requestsPerJob",
        message: expect.stringMatching(/25[01] MB.*OpenAI.*at most 20,9\d\d/),
      },
    ]);
    const system = { ...large, parameters: { systemPrompt: "y".repeat(10_000) } };
    const short = { kind: "own", prompts: ["x"] };
    expect((await refusalOf({ lanes: [system], prompts: short })).message).toContain("requests per job");
    await launch(world.context, { lanes: [{ ...large, requestsPerJob: 20_000 }], prompts: long });
  });

  it("a provider without key is named with the variable to set", async () => {
    world.context = { ...world.context, providers: createProviderRegistry({}) };
    const error = await refusalOf({ lanes: [lane], prompts: builtIn });
    expect(error.problems[0]?.field).toBe("lanes.0.provider");
    expect(error.message).toContain("OPENAI_API_KEY");
  });

  it("lanes that mix the sandbox with a real provider are refused", async () => {
    world.context = { ...world.context, isSimulated: (provider) => Promise.resolve(provider === "openai") };
    const error = await refusalOf({ lanes: [lane, { ...lane, provider: "google" }], prompts: builtIn });
    expect(error.message).toContain("separate job sets");
  });
});

describe("the launch order", () => {
  it("is a permutation that the seed determines", () => {
    const order = launchOrderOf(50, 7);
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(launchOrderOf(50, 7)).toEqual(order);
    expect(launchOrderOf(50, 8)).not.toEqual(order);
  });

  it("interleaves the lanes of a set", async () => {
    await launch(world.context, {
      lanes: [
        { ...lane, jobCount: 20 },
        { ...lane, provider: "google", model: "gemini-2.5-flash-lite", jobCount: 20 },
      ],
      prompts: builtIn,
    });
    const page = await listJobs(world.context.db, jobFilterSchema.parse({ pageSize: 40 }));
    const providers = page.jobs.map((job) => job.provider);
    expect(new Set(providers.slice(0, 10)).size).toBe(2);
  });
});
