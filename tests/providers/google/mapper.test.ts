import { describe, expect, it } from "vitest";
import { wireListedFileSchema } from "#lib/providers/google/api-types.ts";
import { mapFile, mapModels, mapOperation } from "#lib/providers/google/mapper.ts";
import { readFixtureJson } from "../support.ts";

type Wire = { name: string; metadata: Record<string, unknown> } & Record<string, unknown>;

async function operation(fixture: string, metadata: Record<string, unknown> = {}): Promise<Wire> {
  const raw = (await readFixtureJson(`google/${fixture}.json`)) as Wire;
  return { ...raw, metadata: { ...raw.metadata, ...metadata } };
}

describe("a Google file", () => {
  const read = (wire: Record<string, unknown>) => mapFile(wireListedFileSchema.parse(wire));

  it("is mapped with its media type in place of a purpose, and its size read from a string", () => {
    expect(
      read({
        name: "files/k3v9x2m7q1w8",
        displayName: "job_7k2m9q4w1x8c5v3b",
        mimeType: "application/jsonl",
        sizeBytes: "48213",
        createTime: "2026-11-20T09:15:02.123456Z",
        updateTime: "2026-11-20T09:15:02.123456Z",
        expirationTime: "2026-11-22T09:15:01.987654321Z",
        state: "ACTIVE",
        source: "UPLOADED",
      }),
    ).toEqual({
      id: "files/k3v9x2m7q1w8",
      name: "job_7k2m9q4w1x8c5v3b",
      purpose: "application/jsonl",
      sizeBytes: 48_213,
      createdAt: new Date("2026-11-20T09:15:02.123Z"),
      expiresAt: new Date("2026-11-22T09:15:01.987Z"),
    });
  });

  it("without anything but its name has nulls for what is not known", () => {
    expect(read({ name: "files/x" })).toEqual({
      id: "files/x",
      name: null,
      purpose: null,
      sizeBytes: null,
      createdAt: null,
      expiresAt: null,
    });
  });
});

describe("a Google operation", () => {
  it("is mapped with the state in the wire's own word and the counters read from strings", async () => {
    const raw = await operation("operation-succeeded-file");
    expect(mapOperation(raw)).toEqual({
      provider: "google",
      id: "batches/q7w2e9r4t1y8u5i3o6p0a1s2d3f4g5h6j7k8",
      name: "job_7k2m9q4w1x8c5v3b",
      model: "gemini-2.5-flash-lite",
      serviceStatus: "BATCH_STATE_SUCCEEDED",
      hasEnded: true,
      hasResults: true,
      counts: { total: 10, succeeded: 8, failed: 2, expired: 0, cancelled: 0, unfinished: 0 },
      timestamps: {
        createdAt: new Date("2026-11-20T09:15:02.123Z"),
        startedAt: null,
        finalizingAt: null,
        cancellingAt: null,
        endedAt: new Date("2026-11-20T09:17:44.987Z"),
        expiresAt: null,
      },
      usage: null,
      failure: null,
      raw,
    });
  });

  it("that was cancelled counts what was pending as cancelled and keeps the error's words", async () => {
    const job = mapOperation(await operation("operation-cancelled"));
    expect(job.counts).toEqual({
      total: 5,
      succeeded: 0,
      failed: 0,
      expired: 0,
      cancelled: 5,
      unfinished: 0,
    });
    expect(job).toMatchObject({
      hasEnded: true,
      hasResults: true,
      failure: { code: "INTERNAL", message: "Batch was cancelled." },
    });
  });

  it.each([
    ["BATCH_STATE_PENDING", false],
    ["BATCH_STATE_RUNNING", false],
    ["JOB_STATE_RUNNING", false],
    ["BATCH_STATE_SUCCEEDED", true],
    ["JOB_STATE_SUCCEEDED", true],
    ["JOB_STATE_CANCELLED", true],
    ["BATCH_STATE_FAILED", true],
    ["BATCH_STATE_EXPIRED", true],
    ["BATCH_STATE_UNSPECIFIED", false],
    ["BATCH_STATE_NAPPING", false],
  ])("in state %s keeps the word, ended: %s", async (state, hasEnded) => {
    const job = mapOperation(await operation("operation-succeeded-file", { state }));
    expect(job).toMatchObject({ serviceStatus: state, hasEnded });
    expect(job.timestamps.endedAt === null).toBe(!hasEnded);
  });

  it("that runs has everything unfinished that is not counted yet", async () => {
    const batchStats = { requestCount: "3", successfulRequestCount: "1", pendingRequestCount: "3" };
    const job = mapOperation(
      await operation("operation-succeeded-file", { state: "BATCH_STATE_RUNNING", batchStats }),
    );
    expect(job.counts).toMatchObject({ total: 3, succeeded: 1, failed: 0, unfinished: 2 });
  });

  it("that succeeded has no results while its output lags behind", async () => {
    const raw = await operation("operation-succeeded-file", { output: undefined });
    expect(mapOperation({ ...raw, response: undefined }).hasResults).toBe(false);
    expect(mapOperation(raw).hasResults).toBe(true);
  });

  it("that expired or failed has nothing to wait for", async () => {
    for (const state of ["BATCH_STATE_EXPIRED", "BATCH_STATE_FAILED"]) {
      const raw = await operation("operation-cancelled", { state });
      expect(mapOperation(raw).hasResults).toBe(true);
    }
  });

  it("of an inline job has results and is recorded without them", async () => {
    const job = mapOperation(await operation("operation-succeeded-inline"));
    expect(job.hasResults).toBe(true);
    expect(JSON.stringify(job.raw)).not.toContain("teapot");
    expect(JSON.stringify(job.raw)).toContain("BATCH_STATE_SUCCEEDED");
  });

  it("without a name or state is refused", () => {
    expect(() => mapOperation({ metadata: { state: "BATCH_STATE_PENDING" } })).toThrow();
    expect(() => mapOperation({ name: "batches/1" })).toThrow();
  });
});

describe("Google models", () => {
  it("lose their prefix and say whether batches take them", () => {
    const models = mapModels({
      models: [
        {
          name: "models/gemini-3.5-flash-lite",
          displayName: "Gemini 3.5 Flash-Lite",
          supportedGenerationMethods: ["generateContent", "batchGenerateContent"],
        },
        {
          name: "models/gemini-live",
          displayName: null,
          supportedGenerationMethods: ["bidiGenerateContent"],
        },
        { name: "models/unsaid", displayName: null, supportedGenerationMethods: null },
      ],
      nextPageToken: null,
    });
    expect(models.map((model) => [model.id, model.supportsBatch, model.retiresOn, model.isRetired])).toEqual([
      ["gemini-3.5-flash-lite", true, null, false],
      ["gemini-live", false, null, false],
      ["unsaid", null, null, false],
    ]);
  });
});
