import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatJobReport,
  jobReportOf,
  newerReport,
  readJobReport,
  reportFileName,
  type JobReport,
} from "#lib/domain/job-report.ts";
import { JobReportReader, type ReadReport } from "#lib/domain/job-report-reader.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { userStatuses } from "#lib/domain/user-status.ts";

const fixtures = path.join(import.meta.dirname, "..", "fixtures", "reports");

function readText(text: string, fallbackProvider?: ProviderId): ReadReport[] {
  const reader = new JobReportReader({ fallbackProvider });
  const lines = text.split("\n").flatMap((line, index) => reader.add(index + 1, line));
  return [...lines, ...reader.finish()];
}

const readFixture = (name: string, fallbackProvider?: ProviderId) =>
  readText(readFileSync(path.join(fixtures, name), "utf8"), fallbackProvider);

const reportsIn = (read: ReadReport[]) =>
  read.flatMap((entry) => (entry.kind === "report" ? [entry.report] : []));
const badIn = (read: ReadReport[]) =>
  read.flatMap((entry) => (entry.kind === "bad" ? [[entry.lineNumber, entry.reason] as const] : []));

const succeeded: JobReport = jobReportOf({
  provider: "openai",
  providerJobId: "batch_6b1f",
  userStatus: "SUCCEEDED",
  model: "gpt-4o-mini",
  serviceStatus: "completed",
  counts: { total: 3, succeeded: 2, failed: 1 },
  createdAt: new Date("2026-01-01T00:00:00Z"),
  endedAt: new Date("2026-01-01T00:28:24.128Z"),
  totalTokens: 412,
});

describe("a written report", () => {
  it("has exactly the keys of the format, times with offset and a latency of two decimals", () => {
    expect(formatJobReport(succeeded)).toBe(
      '{"provider":"openai","job_id":"batch_6b1f","user_assigned_status":"SUCCEEDED","latency_seconds":1704.13,' +
        '"total_tokens":412,"service_reported_details":{"job_id":"batch_6b1f","model":"gpt-4o-mini",' +
        '"service_job_status":"completed","created_at":"2026-01-01T00:00:00+00:00",' +
        '"ended_at":"2026-01-01T00:28:24.128+00:00","total_requests":3,"completed_requests":2,"failed_requests":1}}',
    );
  });

  it.each(userStatuses.filter((status) => status !== "SUCCEEDED"))(
    "has no latency when it is %s",
    (userStatus) => {
      const report = jobReportOf({
        provider: "openai",
        providerJobId: "batch_6b1f",
        userStatus,
        model: null,
        serviceStatus: null,
        counts: { total: null, succeeded: null, failed: null },
        createdAt: succeeded.createdAt,
        endedAt: succeeded.endedAt,
        totalTokens: null,
      });
      expect(report.latencySeconds).toBeNull();
    },
  );

  it("is read back as it was", () => {
    const date = fc.option(fc.date({ min: new Date(0), max: new Date("2200-01-01"), noInvalidDate: true }));
    const count = fc.option(fc.nat());
    const text = fc.option(fc.stringMatching(/^[a-z0-9{}"\\:_-]{1,20}$/));
    const report = fc.record({
      provider: fc.constantFrom<ProviderId>("openai", "google", "anthropic"),
      jobId: fc.stringMatching(/^[a-z0-9{}"\\/_-]{1,40}$/),
      userStatus: fc.constantFrom(...userStatuses),
      latencySeconds: fc.option(fc.nat().map((value) => value / 100)),
      totalTokens: count,
      model: text,
      serviceStatus: text,
      createdAt: date,
      endedAt: fc.constant(null),
      totalRequests: count,
      completedRequests: count,
      failedRequests: count,
    });
    fc.assert(
      fc.property(
        fc.array(report, { maxLength: 5 }),
        fc.constantFrom("\n", "\r\n", " ", ""),
        (all, between) => {
          expect(reportsIn(readText(all.map(formatJobReport).join(between)))).toEqual(all);
        },
      ),
      { seed: 7 },
    );
  });

  it("goes into a file named by provider and local time", () => {
    expect(reportFileName("openai", new Date(2026, 10, 2, 3, 4, 5))).toBe(
      "openai_job_reports_20261102_030405.jsonl",
    );
  });
});

describe("a report file", () => {
  it("may hold objects printed over many lines, with the older names of the fields", () => {
    const read = readFixture("pretty-printed.txt");
    expect(read.map((entry) => [entry.kind, entry.lineNumber])).toEqual([
      ["report", 1],
      ["report", 15],
    ]);
    expect(reportsIn(read)).toMatchObject([
      {
        provider: "google",
        jobId: "batches/aa11bb22cc33",
        userStatus: "SUCCEEDED",
        serviceStatus: "JOB_STATE_SUCCEEDED",
        latencySeconds: 908.1,
        totalRequests: null,
        totalTokens: null,
      },
      { provider: "openai", serviceStatus: "completed", latencySeconds: 1704, completedRequests: 1 },
    ]);
  });

  it("may be of the oldest kind, with job ids only, when the provider is known otherwise", () => {
    const read = readFixture("older-shapes.jsonl", "anthropic");
    expect(badIn(read)).toEqual([]);
    expect(reportsIn(read)).toMatchObject([
      { provider: "anthropic", jobId: "msgbatch_01oldest", userStatus: null, createdAt: null },
      { serviceStatus: "in_progress", totalRequests: 1, totalTokens: null },
      { provider: "google", model: "gemini-2.5-flash-lite", serviceStatus: "JOB_STATE_PENDING" },
    ]);
    expect(badIn(readFixture("older-shapes.jsonl"))).toEqual([[1, "It names no provider."]]);
  });

  it("tells each bad line with its reason and keeps the good ones around it", () => {
    const read = readFixture("garbage.jsonl");
    expect(badIn(read)).toEqual([
      [2, "This is not a JSON object."],
      [3, "This object is cut off: its closing brace is missing."],
      [4, "It has no job_id that can be used."],
      [6, 'Its provider is "mistral", which is none of openai, google, anthropic.'],
      [
        7,
        'Its user_assigned_status is "DONE", which is none of IN_PROGRESS, SUCCEEDED, FAILED, CANCELLED_TIMED_OUT, CANCELLED_ON_DEMAND.',
      ],
      [9, "This is not a JSON object."],
      [10, "This object is cut off: its closing brace is missing."],
    ]);
    expect(reportsIn(read).map((report) => [report.jobId, report.userStatus])).toEqual([
      ["batch_one", "SUCCEEDED"],
      ["batches/z", "IN_PROGRESS"],
      ["msgbatch_1", null],
    ]);
  });

  it("may start with a byte order mark, and may be an array", () => {
    const line = formatJobReport(succeeded);
    expect(reportsIn(readText(`\uFEFF${line}`))).toEqual([succeeded]);
    expect(reportsIn(readText(`[\n  ${line},\n  ${line}\n]\n`))).toEqual([succeeded, succeeded]);
  });

  it("does not gather without end what never closes", () => {
    const read = readText(`{"a": \n${"x".repeat(30_000)}\n${formatJobReport(succeeded)}`);
    expect(badIn(read)).toEqual([[1, "This object is longer than any report."]]);
    expect(reportsIn(read)).toEqual([succeeded]);
  });

  it.each([
    [
      "a wrong type of a lesser field",
      { job_id: "b", provider: "openai", latency_seconds: "fast", total_tokens: -1 },
    ],
    ["details that are missing", { job_id: "b", provider: "openai", service_reported_details: null }],
    [
      "a number that no database holds",
      { job_id: "b", provider: "openai", details: { total_requests: 1e12 } },
    ],
    [
      "a year that no database holds",
      { job_id: "b", provider: "openai", details: { created_at: "-000001-01-01T00:00:00Z" } },
    ],
    ["a name with a NUL", { job_id: "b", provider: "openai", details: { model: "a\0b" } }],
    ["a time that is none", { job_id: "b", provider: "openai", details: { created_at: "yesterday" } }],
  ])("is read in spite of %s", (_what, value) => {
    expect(readJobReport(value, null)).toMatchObject({
      ok: true,
      report: {
        jobId: "b",
        latencySeconds: null,
        totalTokens: null,
        createdAt: null,
        model: null,
        totalRequests: null,
      },
    });
  });

  it("has times without offset read as UTC", () => {
    const reading = readJobReport(
      { job_id: "b", provider: "openai", details: { created_at: "2025-10-10 06:41:32" } },
      null,
    );
    expect(reading.ok && reading.report.createdAt?.toISOString()).toBe("2025-10-10T06:41:32.000Z");
  });
});

describe("the newer of two reports", () => {
  const open: JobReport = { ...succeeded, userStatus: "IN_PROGRESS", latencySeconds: null, endedAt: null };

  it("is the one that tells of an end, whichever comes first", () => {
    expect(newerReport(open, succeeded)).toEqual(succeeded);
    expect(newerReport(succeeded, open)).toEqual(succeeded);
  });

  it("is the later one otherwise, with what only the earlier knows", () => {
    const later = { ...succeeded, totalTokens: null, serviceStatus: "cancelled" };
    expect(newerReport(succeeded, later)).toEqual({ ...later, totalTokens: 412 });
  });
});

const recordings = process.env["BATCHMARK_RECORDINGS"];

describe.skipIf(!recordings)("recorded report files", () => {
  const seed = path.join(recordings ?? "", "seed");
  const files = recordings
    ? readdirSync(seed, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    : [];

  it.each(files.map((file) => [file.name, path.join(file.parentPath, file.name)]))(
    "%s is read whole",
    (name, file) => {
      const fallback = name.startsWith("anthropic") ? "anthropic" : undefined;
      const read = readText(readFileSync(file, "utf8"), fallback);
      expect(badIn(read)).toEqual([]);
      expect(read.length).toBeGreaterThan(0);
    },
  );
});
