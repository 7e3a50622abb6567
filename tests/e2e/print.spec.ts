import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

/** A4 between usual margins, at 96 pixels an inch. */
const paper = { width: 718, height: 1046 };

const pages = [
  "/",
  "/job-sets",
  "/jobs",
  "/compare",
  "/providers",
  "/providers/recent-jobs",
  "/storage",
  "/jobs/import",
  "/launch",
];

type PrintedPage = { sidewaysPixels: number; background: string; buttons: string[]; splitRows: number };

/** What of the page stands on paper: too wide, too dark, only to be pressed, or torn apart. */
function readPrinted(page: Page): Promise<PrintedPage> {
  return page.evaluate(() => {
    const isShown = (element: Element) => element.getClientRects().length > 0;
    const buttons = [...document.querySelectorAll("button:not([data-print='keep'], th button)")];
    return {
      sidewaysPixels: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      background: getComputedStyle(document.body).backgroundColor,
      buttons: buttons.filter(isShown).map((button) => button.textContent || button.ariaLabel || ""),
      splitRows: [...document.querySelectorAll("tr")].filter(
        (row) => getComputedStyle(row).breakInside !== "avoid",
      ).length,
    };
  });
}

async function expectGoodPrint(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize(paper);
  for (const role of ["link", "button"] as const) {
    const shown = page
      .getByRole("navigation", { name: /^Pages/ })
      .getByRole(role)
      .filter({ visible: true });
    await expect(shown, `navigation on ${where}`).toHaveCount(0);
  }
  expect(await readPrinted(page), where).toEqual({
    sidewaysPixels: 0,
    background: "rgb(255, 255, 255)",
    buttons: [],
    splitRows: 0,
  });
  await page.emulateMedia({ media: "screen", colorScheme: "dark" });
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("every page prints whole, light, and without what can only be pressed", async ({
  page,
  launchPage,
  jobSetPage,
  jobsPage,
}) => {
  test.setTimeout(300_000);
  await page.emulateMedia({ colorScheme: "dark" });
  await launchPage.open();
  for (const lane of [1, 2, 3]) await launchPage.fillLane(lane, { jobs: "20", requests: "1" });
  const jobSetId = await launchPage.launch();
  await jobSetPage.waitUntilEnded();
  await expectGoodPrint(page, "job set");
  for (const path of pages) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectGoodPrint(page, path);
  }
  await jobsPage.open(`?set=${jobSetId}`);
  await expect(page.locator("#content").getByText("60 jobs:")).toBeVisible();
  // The rows stand one below the other on paper, each as high as its text.
  await page.emulateMedia({ media: "print" });
  const heights = await jobsPage.rows().evaluateAll((rows) => {
    const boxes = rows.map((row) => row.getBoundingClientRect());
    return boxes.slice(1).map((box, index) => Math.round(box.top - (boxes[index]?.bottom ?? 0)));
  });
  expect(heights.length).toBeGreaterThan(5);
  expect(new Set(heights)).toEqual(new Set([0]));
  await page.emulateMedia({ media: "screen" });
  await jobsPage.openFirstJob();
  await expectGoodPrint(page, "job");
});
