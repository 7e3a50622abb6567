import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

async function expectNoViolations(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const summary = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect(summary, where).toEqual([]);
}

for (const theme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing on any page, ${theme}, ${width} pixels wide`, async ({
      page,
      launchPage,
      jobSetPage,
      jobsPage,
      complaints,
    }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      await launchPage.open();
      for (const lane of [1, 2, 3]) await launchPage.fillLane(lane, { jobs: "1", requests: "2" });
      await launchPage.launch();
      await jobSetPage.waitUntilEnded();
      await expectNoViolations(page, "job set");
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
      ]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectNoViolations(page, path);
      }
      // The browser reports the page that does not exist.
      expect(complaints.splice(0)).toEqual([expect.stringContaining("404")]);
      await page.goto(jobSetUrl);
      await jobsPage.openFirstJob();
      await expectNoViolations(page, "job");
    });
  }
}
