import { describe, expect, it } from "vitest";
import { unknownCounts } from "#lib/domain/outcome-counts.ts";
import { mapBatch, mapModel } from "#lib/providers/anthropic/mapper.ts";
import { readFixtureJson, testTime } from "../support.ts";

describe("an Anthropic batch", () => {
  it("is mapped with every time and count that the wire has", async () => {
    const raw = await readFixtureJson("anthropic/batch-ended.json");
    expect(mapBatch(raw)).toEqual({
      provider: "anthropic",
      id: "msgbatch_01Kd8Wq2Zx5Cv7Bn9Ml1Pt3R",
      name: null,
      model: null,
      serviceStatus: "ended",
      hasEnded: true,
      hasResults: true,
      counts: { total: 10, succeeded: 6, failed: 1, expired: 1, cancelled: 2, unfinished: 0 },
      timestamps: {
        createdAt: new Date("2026-11-20T09:15:02.374Z"),
        startedAt: null,
        finalizingAt: null,
        cancellingAt: new Date("2026-11-20T09:20:00.000Z"),
        endedAt: new Date("2026-11-20T09:21:10.250Z"),
        expiresAt: new Date("2026-11-21T09:15:02.374Z"),
      },
      usage: null,
      failure: null,
      raw,
    });
  });

  it("that runs has all its requests unfinished", async () => {
    const job = mapBatch(await readFixtureJson("anthropic/batch-in-progress.json"));
    expect(job).toMatchObject({ serviceStatus: "in_progress", hasEnded: false, hasResults: false });
    expect(job.counts).toEqual({
      total: 4,
      succeeded: 0,
      failed: 0,
      expired: 0,
      cancelled: 0,
      unfinished: 4,
    });
    expect(job.timestamps.createdAt).toEqual(new Date("2026-11-20T09:15:02Z"));
  });

  it("that is archived has ended and has no results to fetch", async () => {
    const raw = (await readFixtureJson("anthropic/batch-ended.json")) as Record<string, unknown>;
    expect(mapBatch({ ...raw, results_url: null })).toMatchObject({ hasEnded: true, hasResults: false });
  });

  it.each(["canceling", "pondering"])("of status %s has not ended", (status) => {
    const job = mapBatch({ id: "msgbatch_1", processing_status: status });
    expect(job).toMatchObject({ serviceStatus: status, hasEnded: false, counts: unknownCounts });
  });

  it("without id or status is refused", () => {
    expect(() => mapBatch({ id: "msgbatch_1" })).toThrow();
    expect(() => mapBatch("<html>")).toThrow();
  });
});

describe("an Anthropic model", () => {
  it.each([
    [{ lifecycle: "active", retires_at: null }, null, false],
    [{ lifecycle: "deprecated", retires_at: "2026-11-30T00:00:00Z" }, "2026-11-30", false],
    [{ lifecycle: "retired", retires_at: "2026-04-20T00:00:00Z" }, "2026-04-20", true],
    [{ retires_at: "2026-11-01T00:00:00Z" }, "2026-11-01", true],
    [{}, null, false],
  ])("%j retires on %s, retired: %s", (fields, retiresOn, isRetired) => {
    expect(mapModel({ id: "claude-x", ...fields }, testTime)).toMatchObject({ retiresOn, isRetired });
  });

  it("says whether batches take it", () => {
    const model = { id: "claude-x", display_name: "Claude X", capabilities: { batch: { supported: true } } };
    expect(mapModel(model, testTime)).toMatchObject({ displayName: "Claude X", supportsBatch: true });
    expect(mapModel({ id: "claude-x" }, testTime).supportsBatch).toBeNull();
  });
});
