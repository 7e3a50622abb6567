import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.ts";

test("a newcomer launches on three providers, watches every job end and compares the turnaround", async ({
  page,
  launchPage,
  jobSetPage,
  jobsPage,
  comparePage,
}) => {
  await page.goto("/");
  await expect(page.getByText("simulated providers, no money is spent")).toBeVisible();
  await page
    .getByRole("link", { name: /Launch/ })
    .first()
    .click();
  await page.waitForURL("**/launch");

  for (const lane of [1, 2, 3]) await launchPage.fillLane(lane, { jobs: "4", requests: "3" });
  await launchPage.name("Main job");
  await expect(launchPage.launchButton()).toHaveText("Launch 12 jobs on 3 providers");
  const jobSetId = await launchPage.launch();

  await expect(page.getByRole("heading", { name: "Main job", level: 1 })).toBeVisible();
  await jobSetPage.waitUntilEnded();

  await jobsPage.open(`?set=${jobSetId}`);
  await expect(jobsPage.rows()).toHaveCount(12);
  await expect(page.locator("tbody")).not.toContainText("In progress");
  await jobsPage.openFirstJob();
  await expect(page.getByRole("region", { name: "Timeline" })).toBeVisible();
  const results = page.getByRole("region", { name: "Results" });
  await expect(results.locator("tbody tr")).toHaveCount(3);

  await page.goto(`/job-sets/${jobSetId}`);
  await jobSetPage.compare();
  const counts = await comparePage.readCounts();
  expect(counts.map((row) => row.provider)).toEqual(["OpenAI", "Google", "Anthropic"]);
  for (const row of counts) {
    expect(row.jobs).toBe(4);
    expect(row.unfinished).toBe(0);
    expect(row.delivered + row.notDelivered + row.cancelled).toBe(4);
  }
});

test("the user's own prompts stand beside their answers, hostile ones as plain text, and can be downloaded", async ({
  page,
  launchPage,
  jobSetPage,
  jobsPage,
}) => {
  await launchPage.open();
  await page.getByRole("button", { name: "Remove lane 3" }).click();
  await page.getByRole("button", { name: "Remove lane 2" }).click();
  await launchPage.fillLane(1, { jobs: "1", requests: "3" });
  await launchPage.pastePrompts(
    "What is a tide?\n[[sandbox:html]] Answer with markup.\n[[sandbox:fail]] Please fail.",
  );
  const jobSetId = await launchPage.launch();
  await jobSetPage.waitUntilEnded();

  await jobsPage.open(`?set=${jobSetId}`);
  await jobsPage.openFirstJob();
  const results = page.getByRole("region", { name: "Results" });
  await expect(results).toContainText("What is a tide?");
  await expect(results).toContainText("<script>");
  expect(await results.locator("script").count()).toBe(0);
  await results.getByRole("button", { name: /failed/i }).click();
  await expect(results.locator("tbody tr")).toHaveCount(1);
  await expect(page).toHaveURL(/outcome=failed/);

  const unified = await download(page, "unified");
  const lines = unified
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(lines).toHaveLength(3);
  expect(lines).toContainEqual(expect.objectContaining({ outcome: "failed" }));
  const raw = await download(page, "raw");
  expect(raw.trim().split("\n")).toHaveLength(3);
});

async function download(page: import("@playwright/test").Page, kind: string): Promise<string> {
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const waiting = page.waitForEvent("download");
  await page.evaluate(
    ([jobId, wanted]) => {
      const link = document.createElement("a");
      link.href = `/api/jobs/${jobId}/download?kind=${wanted}`;
      link.click();
    },
    [id, kind],
  );
  return readFile(await (await waiting).path(), "utf8");
}
