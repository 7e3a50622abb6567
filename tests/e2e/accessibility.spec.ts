import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

async function expectNoViolations(page: Page, where: string): Promise<void> {
  // Between two pages the old title is gone before the new one, which is streamed, is here.
  await expect(page).toHaveTitle(/\S/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const summary = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect(summary, where).toEqual([]);
}

/** On a phone, and on a screen of 1440 pixels enlarged to 200 %. */
const narrowWidths = [390, 720];

async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const size = page.viewportSize();
  for (const width of narrowWidths) {
    await page.setViewportSize({ width, height: 900 });
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways, `${where} at ${width} pixels`).toBe(0);
  }
  if (size) await page.setViewportSize(size);
}

async function expectAccessible(page: Page, where: string): Promise<void> {
  await expectNoViolations(page, where);
  await expectNoSidewaysScroll(page, where);
}

/** Each theme and each width once: the colours do not depend on the width, nor the layout on the theme. */
const looks = [
  { theme: "light", width: 1440 },
  { theme: "dark", width: 390 },
] as const;

for (const { theme, width } of looks) {
  test(`axe finds nothing on any page, ${theme}, ${width} pixels wide`, async ({
    page,
    launchPage,
    jobSetPage,
    jobsPage,
    providersPage,
    complaints,
  }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    await launchPage.open();
    for (const lane of [1, 2, 3]) await launchPage.fillLane(lane, { jobs: "1", requests: "2" });
    await launchPage.launch();
    await jobSetPage.waitUntilEnded();
    await expectAccessible(page, "job set");
    const jobSetUrl = page.url();
    for (const path of [
      "/",
      "/launch",
      "/jobs",
      "/jobs/import",
      "/job-sets",
      "/compare",
      "/providers",
      "/providers/recent-jobs",
      "/storage",
      "/nowhere",
      "/jobs/job_nowhere",
      "/job-sets/set_nowhere",
      "/jobs?q=nothing-has-this-name",
      "/compare?model=nothing-has-this-name",
      "/providers/recent-jobs?hours=1",
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, path);
    }
    // The browser reports the pages that do not exist.
    for (const complaint of complaints.splice(0)) expect(complaint).toContain("404");
    await page.goto("/providers");
    await providersPage.showModels("Google");
    await expect(providersPage.modelRows().first()).toBeVisible();
    await providersPage.listFiles();
    await expect(providersPage.fileRows().first()).toBeVisible();
    await expectAccessible(page, "models and files of the providers");
    await providersPage.askForDeletion();
    await expectNoViolations(page, "the question before files are deleted");
    await page.goto(jobSetUrl);
    await jobsPage.openFirstJob();
    await expectAccessible(page, "job");
  });
}
