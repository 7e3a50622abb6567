import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { jobs } from "#lib/db/schema/jobs.ts";
import { formatJobReport, jobReportOf, type JobReport } from "#lib/domain/job-report.ts";
import { publicJobFilterSchema } from "#lib/domain/public-api.ts";
import { exportReports } from "#lib/engine/export-reports.ts";
import { importReports, type ImportReportsOptions } from "#lib/engine/import-reports.ts";
import { reportsOfJobs } from "#lib/engine/reports-of-jobs.ts";
import { poll } from "#lib/engine/poll.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const encoder = new TextEncoder();

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  // In pieces that end within lines, as a network delivers them.
  for (let start = 0; start < text.length; start += 1000)
    yield encoder.encode(text.slice(start, start + 1000));
}

function importText(text: string, options: Partial<ImportReportsOptions> = {}) {
  return importReports(world.context, bytesOf(text), {
    isSimulated: false,
    fallbackProvider: null,
    ...options,
  });
}

async function exportText(filter: Record<string, string> = {}): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of exportReports(world.context, publicJobFilterSchema.parse(filter))) {
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

function report(jobId: string, change: Partial<JobReport> = {}): JobReport {
  return {
    ...jobReportOf({
      provider: "openai",
      providerJobId: jobId,
      userStatus: "SUCCEEDED",
      model: "gpt-4o-mini",
      serviceStatus: "completed",
      counts: { total: 2, succeeded: 1, failed: 1 },
      createdAt: new Date("2026-11-20T10:00:00Z"),
      endedAt: new Date("2026-11-20T10:07:30.5Z"),
      totalTokens: 321,
    }),
    ...change,
  };
}

const open: Partial<JobReport> = {
  userStatus: "IN_PROGRESS",
  serviceStatus: "in_progress",
  latencySeconds: null,
  endedAt: null,
  totalTokens: null,
};

const fileOf = (...reports: JobReport[]) => reports.map((each) => `${formatJobReport(each)}\n`).join("");

it("takes a file in and gives the same lines out again", async () => {
  const reports = [
    report("batch_1"),
    report("msgbatch_2", {
      provider: "anthropic",
      createdAt: new Date("2026-11-20T09:00:00Z"),
      latencySeconds: 4050.5,
    }),
    report("batches/3", { provider: "google", ...open, createdAt: new Date("2026-11-20T08:00:00Z") }),
  ];
  expect(await importText(fileOf(...reports))).toEqual({
    addedCount: 3,
    updatedCount: 0,
    unchangedCount: 0,
    badLineCount: 0,
    badLines: [],
  });
  expect(await exportText()).toBe(fileOf(...reports));
  expect(await exportText({ provider: "google,anthropic", status: "SUCCEEDED" })).toBe(
    fileOf(...reports.slice(1, 2)),
  );
  expect(await exportText({ job_id: "batch_1,nobody" })).toBe(fileOf(...reports.slice(0, 1)));
  expect(await exportText({ since: "2026-11-20T09:30:00Z" })).toBe(fileOf(...reports.slice(0, 1)));
  const rows = await world.readJobs();
  // In the order of the file.
  expect(rows.map((row) => row.providerJobId)).toEqual(["batch_1", "msgbatch_2", "batches/3"]);
  expect(rows[0]).toMatchObject({ origin: "imported", isSimulated: false, jobSetId: null });
});

it("gives the selected jobs out again, and none that never came to a provider", async () => {
  await importText(fileOf(report("batch_1"), report("batch_2"), report("batch_3")));
  await world.context.db.insert(jobs).values(jobRow({ id: "job_unsent", providerJobId: null }));
  const rows = await world.readJobs();
  const idOf = (providerJobId: string) => rows.find((row) => row.providerJobId === providerJobId)?.id ?? "";
  const jobIds = [idOf("batch_1"), idOf("batch_3"), "job_unsent"];
  let text = "";
  for await (const chunk of reportsOfJobs(world.context, { kind: "some", jobIds })) {
    text += new TextDecoder().decode(chunk);
  }
  expect(text.split("\n").toSorted()).toEqual(
    fileOf(report("batch_1"), report("batch_3")).split("\n").toSorted(),
  );
});

it("merges duplicates, within a file and over several, and the newest wins in whatever order they come", async () => {
  const ended = report("batch_1");
  const running = report("batch_1", open);
  expect(await importText(fileOf(ended, running, ended))).toMatchObject({ addedCount: 1, updatedCount: 0 });
  expect(await importText(fileOf(running))).toMatchObject({ addedCount: 0, unchangedCount: 1 });
  expect(await exportText()).toBe(fileOf(ended));
  expect(await importText(fileOf(report("batch_2", open)))).toMatchObject({ addedCount: 1 });
  expect(await importText(fileOf(report("batch_2")))).toMatchObject({ addedCount: 0, updatedCount: 1 });
  expect(await importText(fileOf(ended, report("batch_2")))).toMatchObject({
    updatedCount: 0,
    unchangedCount: 2,
  });
  expect((await world.readJobs()).map((job) => job.userStatus)).toEqual(["SUCCEEDED", "SUCCEEDED"]);
});

it("adds each job once when two imports of one file run at the same time", async () => {
  const text = fileOf(...Array.from({ length: 700 }, (_, index) => report(`batch_${index}`)));
  const both = await Promise.all([importText(text), importText(text)]);
  expect(both.reduce((sum, { addedCount }) => sum + addedCount, 0)).toBe(700);
  expect(await world.context.db.$count(jobs)).toBe(700);
});

it("lists the bad lines and takes the good ones, old shapes included", async () => {
  const read = (name: string) =>
    readFileSync(path.join(import.meta.dirname, "..", "fixtures", "reports", name), "utf8");
  const { badLines, ...counts } = await importText(read("garbage.jsonl"));
  expect(counts).toMatchObject({ addedCount: 3, badLineCount: 7 });
  expect(badLines[0]).toEqual({ lineNumber: 2, reason: "This is not a JSON object." });
  expect(await importText(read("pretty-printed.txt"))).toMatchObject({ addedCount: 2, badLineCount: 0 });
  expect(await importText(read("older-shapes.jsonl"), { fallbackProvider: "anthropic" })).toMatchObject({
    addedCount: 3,
    badLineCount: 0,
  });
});

it("leaves jobs alone that were launched here or that the provider has told of", async () => {
  await world.context.db
    .insert(jobs)
    .values(
      jobRow.running({ providerJobId: "batch_1", account: "account-1", nextCheckAt: world.clock.now() }),
    );
  expect(await importText(fileOf(report("batch_1")))).toMatchObject({ addedCount: 0, unchangedCount: 1 });
  expect(await world.readJobs()).toMatchObject([
    { origin: "launched", userStatus: "IN_PROGRESS", step: "poll" },
  ]);
});

it("has open jobs of the sandbox looked up from then on, and never those of a real provider in a sandbox", async () => {
  await importText(fileOf(report("batch_real", open)), { isSimulated: false });
  await importText(fileOf(report("batch_simulated", open)), { isSimulated: true });
  const [real, simulated] = (await world.readJobs()).toSorted((left, right) =>
    (left.providerJobId ?? "").localeCompare(right.providerJobId ?? ""),
  );
  expect(real).toMatchObject({
    providerJobId: "batch_real",
    isSimulated: false,
    step: "done",
    userStatus: "IN_PROGRESS",
  });
  const { account } = world.context.providers.get("openai");
  expect(simulated).toMatchObject({ isSimulated: true, step: "poll", account });
});

it("does not call an imported job failed because this account does not know it", async () => {
  await importText(fileOf(report("batch_6b0a11c2f0d88190aa11bb22cc33dd44", open)), { isSimulated: true });
  const { account } = world.context.providers.get("openai");
  for (let look = 0; look < 6; look += 1) {
    world.clock.advance(600);
    await poll(world.context, { provider: "openai", account });
  }
  const [job] = await world.readJobs();
  expect(job).toMatchObject({ userStatus: "IN_PROGRESS", step: "done", failure: null });
  expect(job?.trouble).toContain("OpenAI does not know this job under the present key");
});
