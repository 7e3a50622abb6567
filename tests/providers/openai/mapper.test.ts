import { describe, expect, it } from "vitest";
import { unknownCounts } from "#lib/domain/outcome-counts.ts";
import { wireListedFileSchema } from "#lib/providers/openai/api-types.ts";
import { mapBatch, mapFile, mapModels } from "#lib/providers/openai/mapper.ts";
import { readFixtureJson, testTime } from "../support.ts";

type Wire = Record<string, unknown>;

async function completed(changes: Wire = {}): Promise<Wire> {
  return { ...((await readFixtureJson("openai/batch-completed-partial.json")) as Wire), ...changes };
}

describe("an OpenAI file", () => {
  const read = (wire: Wire) => mapFile(wireListedFileSchema.parse(wire));

  it("is mapped with its name, purpose, size and times", () => {
    expect(
      read({
        object: "file",
        id: "file-8Rk2mQ4wX7zN1pL6vB3tYc",
        bytes: 48_213,
        created_at: 1795600000,
        expires_at: 1798192000,
        filename: "job_7k2m9q4w1x8c5v3b.jsonl",
        purpose: "batch",
        status: "processed",
        status_details: null,
      }),
    ).toEqual({
      id: "file-8Rk2mQ4wX7zN1pL6vB3tYc",
      name: "job_7k2m9q4w1x8c5v3b.jsonl",
      purpose: "batch",
      sizeBytes: 48_213,
      createdAt: new Date(1795600000_000),
      expiresAt: new Date(1798192000_000),
    });
  });

  it("that says little, or odd things, has nulls for what is not known", () => {
    expect(read({ id: "file-1", bytes: -3, created_at: "now", expires_at: null, filename: "" })).toEqual({
      id: "file-1",
      name: null,
      purpose: null,
      sizeBytes: null,
      createdAt: null,
      expiresAt: null,
    });
  });
});

describe("an OpenAI batch", () => {
  it("is mapped with every time, count and token that the wire has", async () => {
    const raw = await completed();
    expect(mapBatch(raw, testTime)).toEqual({
      provider: "openai",
      id: "batch_6b0a11c2f0d88190aa11bb22cc33dd44",
      name: "job_7k2m9q4w1x8c5v3b",
      model: "gpt-4o-mini-2024-07-18",
      serviceStatus: "completed",
      hasEnded: true,
      hasResults: true,
      counts: { total: 10, succeeded: 8, failed: 2, expired: 0, cancelled: 0, unfinished: 0 },
      timestamps: {
        createdAt: new Date(1795600000_000),
        startedAt: new Date(1795600061_000),
        finalizingAt: new Date(1795600301_000),
        cancellingAt: null,
        endedAt: new Date(1795600304_000),
        expiresAt: new Date(1795686400_000),
      },
      usage: {
        inputTokens: 412,
        outputTokens: 2210,
        totalTokens: 2622,
        cachedTokens: 64,
        reasoningTokens: 128,
      },
      failure: null,
      raw,
    });
  });

  it("that failed validation tells the first reason, the line and how many more there are", async () => {
    const job = mapBatch(await readFixtureJson("openai/batch-failed-validation.json"), testTime);
    expect(job).toMatchObject({ serviceStatus: "failed", hasEnded: true, hasResults: true, name: null });
    expect(job.counts).toEqual(unknownCounts);
    expect(job.timestamps.endedAt).toEqual(new Date(1795600002_000));
    expect(job.failure).toEqual({
      code: "model_not_found",
      message: "The provided model 'gpt-zero' is not supported by the Batch API. (line 1) And 1 more.",
    });
  });

  it("is not counted before its validation: the zeros of the wire mean unknown", async () => {
    const job = mapBatch(
      await completed({ status: "validating", request_counts: { total: 0, completed: 0, failed: 0 } }),
      testTime,
    );
    expect(job.counts).toEqual(unknownCounts);
    expect(job.usage).toBeNull();
    expect(job).toMatchObject({ hasEnded: false, hasResults: false });
  });

  it.each([
    ["in_progress", { expired: 0, cancelled: 0, unfinished: 7 }],
    ["finalizing", { expired: 0, cancelled: 0, unfinished: 7 }],
    ["cancelling", { expired: 0, cancelled: 0, unfinished: 7 }],
    ["expired", { expired: 7, cancelled: 0, unfinished: 0 }],
    ["cancelled", { expired: 0, cancelled: 7, unfinished: 0 }],
  ])("of status %s counts the requests that never ran accordingly", async (status, rest) => {
    const job = mapBatch(
      await completed({ status, request_counts: { total: 10, completed: 2, failed: 1 } }),
      testTime,
    );
    expect(job.counts).toEqual({ total: 10, succeeded: 2, failed: 1, ...rest });
  });

  it("with an unknown status is unfinished and keeps the word", async () => {
    const job = mapBatch(await completed({ status: "paused" }), testTime);
    expect(job).toMatchObject({ serviceStatus: "paused", hasEnded: false, hasResults: false });
    expect(job.timestamps.endedAt).toBeNull();
  });

  const noLines = { total: 9, completed: 0, failed: 0 };
  const noFiles = { output_file_id: null, error_file_id: null };

  it.each([
    ["both files missing", false, noFiles],
    ["the error file missing", false, { error_file_id: "" }],
    ["the output file missing", false, { output_file_id: null }],
    ["everything there", true, {}],
    [
      "an empty error id and no failure",
      true,
      { error_file_id: "", request_counts: { ...noLines, completed: 9 } },
    ],
    [
      "all failed and no output file",
      true,
      { output_file_id: null, request_counts: { ...noLines, failed: 9 } },
    ],
    ["counters that never moved and no file", false, { ...noFiles, request_counts: noLines }],
    [
      "nothing done when it was cancelled",
      true,
      { ...noFiles, request_counts: noLines, status: "cancelled" },
    ],
  ])("that ended a minute ago with %s: results ready is %s", async (_case, expected, changes) => {
    const aMinuteLater = new Date(1795600364_000);
    expect(mapBatch(await completed(changes), aMinuteLater).hasResults).toBe(expected);
  });

  it("whose second file never came gives up waiting for it after a quarter of an hour", async () => {
    const raw = await completed({ error_file_id: null });
    expect(mapBatch(raw, new Date(1795600304_000 + 14 * 60_000)).hasResults).toBe(false);
    expect(mapBatch(raw, new Date(1795600304_000 + 16 * 60_000)).hasResults).toBe(true);
  });

  it("reads with most fields missing or of another type", () => {
    const job = mapBatch(
      { id: "batch_1", status: "in_progress", request_counts: "many", created_at: "now" },
      testTime,
    );
    expect(job).toMatchObject({ id: "batch_1", model: null, usage: null, failure: null });
    expect(job.counts).toEqual(unknownCounts);
    expect(job.timestamps.createdAt).toBeNull();
  });

  it("without id or status is refused", () => {
    expect(() => mapBatch({ status: "completed" }, testTime)).toThrow();
    expect(() => mapBatch("<html>", testTime)).toThrow();
  });
});

describe("OpenAI models", () => {
  it("are retired from their shutdown day on", () => {
    const models = mapModels(
      {
        data: [
          { id: "gpt-4o-mini", shutdown_date: "2027-01-14" },
          { id: "gpt-4.1-nano", shutdown_date: "2026-10-23" },
          { id: "gpt-last-day", shutdown_date: "2026-11-22" },
          { id: "gpt-6-luna", shutdown_date: null },
        ],
      },
      testTime,
    );
    expect(models.map((model) => [model.id, model.retiresOn, model.isRetired, model.supportsBatch])).toEqual([
      ["gpt-4o-mini", "2027-01-14", false, null],
      ["gpt-4.1-nano", "2026-10-23", true, null],
      ["gpt-last-day", "2026-11-22", true, null],
      ["gpt-6-luna", null, false, null],
    ]);
  });
});
