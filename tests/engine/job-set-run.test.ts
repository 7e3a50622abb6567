import { describe, expect, it } from "vitest";
import { getJob } from "#lib/db/queries/get-job.ts";
import { getJobSet } from "#lib/db/queries/get-job-set.ts";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { readResults } from "#lib/engine/read-results.ts";
import { jobFilterSchema } from "#lib/domain/job-page.ts";
import { turnaroundSecondsOf } from "#lib/domain/turnaround-seconds.ts";
import { resultFilterSchema } from "#lib/domain/result-page.ts";
import { compareTurnaround } from "#lib/engine/analyse.ts";
import { launch } from "#lib/engine/launch.ts";
import { useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const everything = jobFilterSchema.parse({});

const threeLanes = ["openai", "google", "anthropic"].map((provider) => ({
  provider,
  model: { openai: "gpt-4o-mini", google: "gemini-2.5-flash-lite", anthropic: "claude-3-haiku-20240307" }[
    provider
  ],
  jobCount: 2,
  requestsPerJob: 3,
}));

describe("a job set on three providers", () => {
  it("runs from launch to collected results, every prompt beside its answer", async () => {
    const { jobSetId } = await launch(world.context, {
      name: "all three",
      lanes: threeLanes,
      prompts: { kind: "builtIn" },
    });
    await world.queue.drain(world.context);

    const { jobs, total } = await listJobs(world.context.db, everything);
    expect(total).toBe(6);
    for (const job of jobs) {
      expect(job.step).toBe("done");
      expect(job.userStatus).not.toBe("IN_PROGRESS");
      expect(job.providerJobId).not.toBeNull();
      expect(turnaroundSecondsOf(job.reported)).not.toBeNull();
      expect(job.collected?.lineCount).toBe(3);
      const results = await readResults(world.context.db, job.id, resultFilterSchema.parse({}));
      expect(results?.rows.map((row) => row.requestIndex)).toEqual([0, 1, 2]);
      for (const row of results?.rows ?? []) expect(row.prompt).toMatch(/\w+/);
    }
    const set = await getJobSet(world.context.db, jobSetId);
    expect(set?.submittedCount).toBe(6);
    expect(set?.lanes.map((lane) => lane.jobCount)).toEqual([2, 2, 2]);
  });

  it("gives every request of the set its own prompt", async () => {
    await launch(world.context, { lanes: threeLanes, prompts: { kind: "builtIn" } });
    await world.queue.drain(world.context);
    const { jobs } = await listJobs(world.context.db, everything);
    const prompts: (string | null)[] = [];
    for (const job of jobs) {
      const results = await readResults(world.context.db, job.id, resultFilterSchema.parse({}));
      prompts.push(...(results?.rows ?? []).map((row) => row.prompt));
    }
    expect(prompts).toHaveLength(18);
    expect(new Set(prompts).size).toBe(18);
  });

  it("compares the three providers on what was delivered", async () => {
    const { jobSetId } = await launch(world.context, { lanes: threeLanes, prompts: { kind: "builtIn" } });
    await world.queue.drain(world.context);
    const comparison = await compareTurnaround(world.context, { jobSetId, model: null, origin: null });
    expect(comparison.isSimulated).toBe(true);
    expect(comparison.groups.map((group) => [group.provider, group.jobCount])).toEqual([
      ["openai", 2],
      ["google", 2],
      ["anthropic", 2],
    ]);
    for (const group of comparison.groups) {
      expect(group.deliveredCount + group.notDeliveredCount).toBe(2);
      expect(group.unfinishedCount).toBe(0);
    }
  });
});

describe("the user's own prompts", () => {
  it("are sent in order and start again when there are fewer than requests", async () => {
    await launch(world.context, {
      lanes: [{ provider: "openai", model: "gpt-4o-mini", jobCount: 1, requestsPerJob: 5 }],
      prompts: { kind: "own", prompts: ["First question?", "Second question?"] },
    });
    await world.queue.drain(world.context);
    const { jobs } = await listJobs(world.context.db, everything);
    const results = await readResults(world.context.db, jobs[0]?.id ?? "", resultFilterSchema.parse({}));
    expect(results?.rows.map((row) => row.prompt)).toEqual([
      "First question?",
      "Second question?",
      "First question?",
      "Second question?",
      "First question?",
    ]);
  });

  it("that fail at the provider are failed results of a job that keeps the rest", async () => {
    await launch(world.context, {
      lanes: [{ provider: "anthropic", model: "claude-haiku-5-5", jobCount: 1, requestsPerJob: 2 }],
      prompts: {
        kind: "own",
        prompts: ["A fine question about rivers?", "[[sandbox:fail]] This one fails."],
      },
    });
    await world.queue.drain(world.context);
    const { jobs } = await listJobs(world.context.db, everything);
    const job = jobs[0];
    expect(job?.userStatus).toBe("FAILED");
    expect(job?.counts).toMatchObject({ total: 2, succeeded: 1, failed: 1, unfinished: 0 });
    const failed = await readResults(
      world.context.db,
      job?.id ?? "",
      resultFilterSchema.parse({ outcome: "failed" }),
    );
    expect(failed?.total).toBe(1);
    expect(failed?.rows[0]?.prompt).toContain("This one fails");
    expect(failed?.rows[0]?.errorMessage).toBeTruthy();
  });
});

it("keeps the provider's object and every timestamp it gave", async () => {
  await launch(world.context, {
    lanes: [{ provider: "openai", model: "gpt-4o-mini", jobCount: 1, requestsPerJob: 1 }],
    prompts: { kind: "builtIn" },
  });
  await world.queue.drain(world.context);
  const { jobs } = await listJobs(world.context.db, everything);
  const detail = await getJob(world.context.db, jobs[0]?.id ?? "");
  expect(detail?.raw).toMatchObject({ object: "batch", id: jobs[0]?.providerJobId });
  expect(detail?.job.reported.startedAt).toBeInstanceOf(Date);
  expect(detail?.job.reported.finalizingAt).toBeInstanceOf(Date);
  expect(detail?.job.observed.submittedAt).toBeInstanceOf(Date);
});
