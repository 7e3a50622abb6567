import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { withoutAccounts } from "#tests/setup/without-accounts.ts";
import { expect, test } from "./fixtures.ts";
import { ImportPage } from "./pages/import-page.ts";

function reportLine(provider: string, jobId: string, status: string, seconds: number | null): string {
  const createdAt = Date.UTC(2026, 9, 1, 12);
  return `${JSON.stringify({
    provider,
    job_id: jobId,
    user_assigned_status: status,
    latency_seconds: seconds,
    total_tokens: null,
    service_reported_details: {
      job_id: jobId,
      model: "benchmark-of-old",
      service_job_status: "completed",
      created_at: new Date(createdAt).toISOString(),
      ended_at: seconds === null ? null : new Date(createdAt + seconds * 1000).toISOString(),
      total_requests: 1,
      completed_requests: seconds === null ? 0 : 1,
      failed_requests: 0,
    },
  })}\n`;
}

const file = (name: string, text: string) => ({ name, buffer: Buffer.from(text) });

test("report files of several providers are dropped, their bad lines told, and their jobs stand among the others", async ({
  page,
  jobsPage,
}) => {
  await jobsPage.open();
  await page.getByRole("link", { name: "Import files" }).click();
  const importPage = new ImportPage(page);
  await expect(page.getByRole("heading", { name: "Import files", level: 1 })).toBeVisible();
  await importPage.drop([
    file(
      "mine.jsonl",
      reportLine("openai", "batch_old_1", "SUCCEEDED", 63) +
        reportLine("google", "batches/old2", "FAILED", 20),
    ),
    file(
      "broken.jsonl",
      `oops\n${reportLine("anthropic", "msgbatch_old_3", "SUCCEEDED", 12)}{"provider":"openai"}\n`,
    ),
  ]);
  await expect(importPage.outcome("mine.jsonl")).toContainText("2 jobs added.");
  const broken = importPage.outcome("broken.jsonl");
  await expect(broken).toContainText("1 job added.");
  await expect(broken).toContainText("2 lines could not be read");
  await expect(broken).toContainText("Line 1: This is not a JSON object.");
  await expect(broken).toContainText("Line 3: It has no job_id that can be used.");
  await importPage.choose([file("again.jsonl", reportLine("openai", "batch_old_1", "IN_PROGRESS", null))]);
  await expect(importPage.outcome("again.jsonl")).toContainText("0 jobs added, 1 known already.");

  await page.getByRole("link", { name: "Show jobs" }).click();
  await jobsPage.open("?model=benchmark-of-old");
  await expect(page.getByText("batch_old_1").first()).toBeVisible();
  await expect(page.getByText("msgbatch_old_3").first()).toBeVisible();
});

test("a report file far larger than what a server holds in memory arrives whole", async ({ request }) => {
  const padding = `${" ".repeat(1023)}\n`.repeat(12 * 1024);
  const reply = await request.post("/api/v1/reports", {
    data: Buffer.from(`${padding}${reportLine("openai", "batch_after_12_mb", "SUCCEEDED", 5)}`),
    headers: { "content-type": "application/x-ndjson" },
  });
  expect(await reply.json()).toMatchObject({ addedCount: 1, badLineCount: 0 });
  const exported = await request.get("/api/v1/reports?job_id=batch_after_12_mb");
  expect(await exported.text()).toContain('"job_id":"batch_after_12_mb"');
  const foreign = await request.post("/api/v1/reports", {
    data: "",
    headers: { origin: "https://example.com" },
  });
  expect(foreign.status()).toBe(403);
});

test("a job set leaves as one archive, and a damaged one is refused", async ({
  page,
  launchPage,
  jobSetPage,
  complaints,
}) => {
  await launchPage.open();
  for (const lane of [1, 2, 3]) await launchPage.fillLane(lane, { jobs: "1", requests: "2" });
  await launchPage.launch();
  await jobSetPage.waitUntilEnded();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download archive" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.batchmark\.jsonl\.gz$/);
  const archive = readFileSync(await download.path());
  const kinds = gunzipSync(archive)
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { kind: string }).kind);
  expect(kinds.filter((kind) => kind === "job")).toHaveLength(3);
  expect(kinds.filter((kind) => kind === "result")).toHaveLength(6);

  const importPage = new ImportPage(page);
  await importPage.open();
  const changed = gzipSync(gunzipSync(archive).toString().replace('"seed":', '"seed":1'));
  await importPage.choose([
    { name: "same.jsonl.gz", buffer: archive },
    { name: "changed.jsonl.gz", buffer: changed },
  ]);
  await expect(importPage.outcome("same.jsonl.gz")).toContainText("is here already");
  await expect(importPage.outcome("changed.jsonl.gz")).toContainText("damaged");
  // The browser reports both refusals.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("409"), expect.stringContaining("400")]);
});

test("the command line creates jobs through the dashboard, and they appear on its pages", async ({
  page,
  jobsPage,
  baseURL,
}) => {
  const directory = mkdtempSync(path.join(tmpdir(), "batchmark-e2e-command-"));
  try {
    const command = path.join(import.meta.dirname, "..", "..", "cli", "main.ts");
    const args = [
      "--provider",
      "google",
      "--action",
      "create_jobs",
      "--num_jobs",
      "2",
      "--url",
      baseURL ?? "",
    ];
    const child = spawn(process.execPath, [command, ...args], {
      cwd: directory,
      env: { ...process.env, ...withoutAccounts },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    const exitCode = await new Promise((resolve) => child.once("close", resolve));
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      const { job_id: jobId } = JSON.parse(line) as { job_id: string };
      await jobsPage.open(`?q=${encodeURIComponent(jobId)}`);
      await expect(jobsPage.rows()).toHaveCount(1);
      await expect(page.locator("tbody")).toContainText("gemini-2.5-flash-lite");
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
