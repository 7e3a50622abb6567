import { seedSandboxHistory } from "#tests/setup/sandbox-history.ts";
import {
  createDataDirectory,
  removeDataDirectory,
  startProductionServer,
  type ProductionServer,
} from "#tests/setup/production-server.ts";
import { expect, test } from "./fixtures.ts";

test("somebody comes back, sees what ended meanwhile and what needs them, and does the next step", async ({
  page,
  context,
  launchPage,
  jobSetPage,
  jobsPage,
  overviewPage,
}) => {
  await test.step("a job ends in part", async () => {
    await launchPage.open();
    for (const lane of [3, 2]) await page.getByRole("button", { name: `Remove lane ${lane}` }).click();
    await launchPage.fillLane(1, { jobs: "1", requests: "2" });
    await launchPage.pastePrompts("What is a tide?\n[[sandbox:fail]] This one fails.");
    await launchPage.name("Half of it");
    await launchPage.launch();
    await jobSetPage.waitUntilEnded();
  });

  await test.step("the first visit counts the last day", async () => {
    await overviewPage.open();
    await expect(page.getByText("as this is your first visit")).toBeVisible();
  });

  await test.step("the next visit counts what ended since the last one, and the list of jobs agrees", async () => {
    // As if the page had been seen for the last time an hour ago.
    const readVisit = async () =>
      (await context.cookies()).find(({ name }) => name === "batchmark-visit")?.value ?? "";
    await expect.poll(readVisit).toMatch(/^\d*\.\d+$/);
    const anHourAgo = Number((await readVisit()).split(".")[1]) - 3_600_000;
    await context.addCookies([
      { name: "batchmark-visit", value: `.${anHourAgo}`, url: new URL(page.url()).origin },
    ]);
    await overviewPage.open();
    await expect(overviewPage.figure("Ended since your last visit")).toBeVisible();
    await page.reload();
    await expect(overviewPage.figure("Ended since your last visit")).toBeVisible();
    // Jobs of other tests may still be ending.
    await expect(async () => {
      await overviewPage.open();
      const endedCount = await overviewPage.numberOf("Ended since your last visit");
      expect(endedCount).toBeGreaterThanOrEqual(1);
      await overviewPage.figure("Ended since your last visit").click();
      await expect(page.getByRole("button", { name: /^Ended since/ })).toBeVisible();
      await expect(page.getByRole("button", { name: `All ${endedCount}`, exact: true })).toBeVisible();
    }).toPass({ timeout: 60_000 });
    await page.getByRole("button", { name: /^Ended since/ }).click();
    await expect(page).not.toHaveURL(/ended-from/);
  });

  await test.step("what needs attention is listed with its reason, and the list of jobs agrees", async () => {
    await overviewPage.open();
    const row = overviewPage.attention().getByRole("listitem").filter({ hasText: "Half of it" });
    await expect(row).toContainText("1/2 succeeded");
    await expect(row).toContainText("1 of 2 requests failed.");
    await row.getByRole("link", { name: /^See errors of job/ }).click();
    await expect(page).toHaveURL(/\/jobs\/job_.*outcome=failed/);
    await expect(async () => {
      await overviewPage.open();
      const attentionCount = await overviewPage.numberOf("Need attention");
      await expect(page.getByText(new RegExp(`, ${attentionCount} needs? attention$`))).toBeVisible();
      await jobsPage.open("?attention=true");
      await expect(page.getByRole("button", { name: `All ${attentionCount}`, exact: true })).toBeVisible();
    }).toPass({ timeout: 60_000 });
  });

  await test.step("the curves of these days lead to the comparison of the same jobs", async () => {
    await overviewPage.open();
    const turnaround = overviewPage.panel(/^Turnaround, last 7 days/);
    await expect(turnaround.getByRole("img", { name: /^OpenAI, last 7 days: delivered/ })).toBeVisible();
    await turnaround.getByRole("link", { name: /^Compare OpenAI/ }).click();
    await expect(page).toHaveURL(/\/compare\?provider=openai&from=.*kind=simulated/);
    await expect(page.getByRole("heading", { name: "Compare", level: 1 })).toBeVisible();
  });
});

test("a status change reaches the first page without a reload", async ({ page, context, overviewPage }) => {
  await overviewPage.open();
  await page.evaluate(() => Object.assign(window, { wasNotReloaded: true }));
  const other = await context.newPage();
  await other.goto("/launch");
  await other.getByLabel("Name", { exact: true }).fill("Seen on the first page");
  await other.getByRole("button", { name: /^Launch/ }).click();
  await other.waitForURL(/\/job-sets\/set_/);
  const row = overviewPage.panel("Latest job sets").getByRole("row", { name: /Seen on the first page/ });
  await expect(row).toBeVisible({ timeout: 30_000 });
  await expect(row).toContainText(/(\d+)\/\1 ended/, { timeout: 60_000 });
  expect(await page.evaluate(() => "wasNotReloaded" in window)).toBe(true);
});

test.describe("with two weeks of history", () => {
  let server: ProductionServer;
  let jobCount: number;

  test.beforeAll(async () => {
    const dataDirectory = createDataDirectory();
    jobCount = await seedSandboxHistory(dataDirectory, new Date());
    server = await startProductionServer({ dataDirectory, environment: { BATCHMARK_ENGINE: "off" } });
  });
  test.afterAll(async () => {
    await server?.stop();
    if (server) removeDataDirectory(server.dataDirectory);
  });

  test("each provider has its curve, its medians and the number of jobs behind them, without a script for charts", async ({
    browser,
  }) => {
    expect(jobCount).toBeGreaterThan(100);
    const withoutScripts = await browser.newContext({ javaScriptEnabled: false });
    const page = await withoutScripts.newPage();
    await page.goto(server.url);
    for (const provider of ["OpenAI", "Google", "Anthropic"]) {
      await expect(page.locator(`[aria-label^="${provider}, last 7 days: delivered"]`)).toHaveCount(1);
    }
    await withoutScripts.close();
  });

  test("nothing moves while the page comes to life", async ({ page }) => {
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        // Entries of this type have a value; the library of types does not know it yet.
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(server.url);
    await expect(page.getByRole("img", { name: /^Google, last 7 days/ })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Latest job sets" })).toBeVisible();
    const total = await page.evaluate(() =>
      // Written above by this test alone.
      (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0),
    );
    expect(total).toBeLessThan(0.02);
  });
});
