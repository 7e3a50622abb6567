import type { Locator, Page } from "@playwright/test";
import {
  createDataDirectory,
  removeDataDirectory,
  startProductionServer,
} from "#tests/setup/production-server.ts";
import { expect, test } from "./fixtures.ts";

const aimMilliseconds = 100;

/** Holds back everything that the page sends from now on. Returns what lets it go. */
async function holdServer(page: Page): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/*", async (route) => {
    if (route.request().method() === "POST") await promise;
    await route.continue();
  });
  return async () => {
    resolve();
    await page.unrouteAll({ behavior: "wait" });
  };
}

/** Presses a button, or chooses a file, and resolves with the milliseconds until something on the page matches `sign`, measured in the page. */
function pressUntil(control: Locator, sign: string): Promise<number> {
  return control.evaluate(
    (element, selector) =>
      new Promise<number>((resolve) => {
        const startedAt = performance.now();
        const look = () => {
          if (!document.querySelector(selector)) return;
          observer.disconnect();
          resolve(performance.now() - startedAt);
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        if (element instanceof HTMLInputElement && element.type === "file") {
          const chosen = new DataTransfer();
          chosen.items.add(new File(["{}"], "reports.jsonl"));
          element.files = chosen.files;
          element.dispatchEvent(new Event("change", { bubbles: true }));
        } else if (element instanceof HTMLElement) {
          element.click();
        }
        look();
      }),
    sign,
  );
}

/** The press is answered while the server is silent, and what was pressed is done when it speaks again. */
async function expectQuickAnswer(page: Page, control: Locator, sign: string): Promise<void> {
  await expect(control).toBeEnabled();
  const release = await holdServer(page);
  expect(await pressUntil(control, sign)).toBeLessThan(aimMilliseconds);
  await release();
}

const busyButton = 'button[aria-busy="true"]';

test("launching, importing and deleting answer at once, however slow the server is", async ({
  page,
  launchPage,
  jobSetPage,
  jobsPage,
}) => {
  await launchPage.open();
  for (const lane of [1, 2, 3]) await launchPage.fillLane(lane, { jobs: "1", requests: "1" });
  await expectQuickAnswer(page, launchPage.launchButton(), 'button[type="submit"][aria-busy="true"]');
  await page.waitForURL(/\/job-sets\/set_/);
  await jobSetPage.waitUntilEnded();

  await jobsPage.openFirstJob();
  await page.getByRole("button", { name: "Delete at provider" }).click();
  const confirm = page.getByRole("alertdialog").getByRole("button", { name: "Delete 1 job" });
  await expectQuickAnswer(page, confirm, busyButton);
  await expect(page.getByText("Deleted 1 job at the provider")).toBeVisible();

  await page.goto("/jobs/import");
  await expectQuickAnswer(page, page.getByLabel("Files to import"), 'ul[aria-live="polite"] li');
});

test("checking and cancelling answer at once, one job or many", async ({ page }) => {
  const dataDirectory = createDataDirectory();
  // Without an engine the jobs stay where they are.
  const server = await startProductionServer({ dataDirectory, environment: { BATCHMARK_ENGINE: "off" } });
  try {
    await page.goto(`${server.url}/launch`);
    await page.getByRole("button", { name: /^Launch/ }).click();
    await page.waitForURL(/\/job-sets\/set_/);
    const jobSetAddress = page.url();

    await page.goto(`${server.url}/jobs`);
    const selection = page.getByRole("region", { name: "Selected jobs" });
    const running = '[aria-label="Selected jobs"] progress';
    await page.getByRole("checkbox", { name: "Select all jobs that match" }).click();
    await expectQuickAnswer(page, selection.getByRole("button", { name: "Check now" }), running);
    await expect(selection).toBeHidden();

    await page.locator("tbody tr").first().getByRole("link").first().click();
    await page.waitForURL(/\/jobs\/job_/);
    await expectQuickAnswer(page, page.getByRole("button", { name: "Check now" }), busyButton);
    await page.getByRole("button", { name: "Cancel job" }).click();
    await expectQuickAnswer(
      page,
      page.getByRole("alertdialog").getByRole("button", { name: "Cancel 1 job" }),
      busyButton,
    );

    await page.goto(`${server.url}/jobs`);
    await page
      .getByRole("checkbox", { name: /^Select job/ })
      .nth(3)
      .click();
    await selection.getByRole("button", { name: "Cancel" }).click();
    await expectQuickAnswer(
      page,
      page.getByRole("alertdialog").getByRole("button", { name: "Cancel 1 job" }),
      running,
    );

    await page.goto(jobSetAddress);
    await page.getByRole("button", { name: "Cancel what is left" }).click();
    await expectQuickAnswer(
      page,
      page.getByRole("alertdialog").getByRole("button", { name: /^Cancel \d+ jobs$/ }),
      '[role="alertdialog"] button[aria-busy="true"]',
    );
    await page.goto("about:blank");
  } finally {
    await server.stop();
    removeDataDirectory(dataDirectory);
  }
});
