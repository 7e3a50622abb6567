import { startSandbox } from "#sandbox/server.ts";
import {
  createDataDirectory,
  removeDataDirectory,
  startProductionServer,
} from "#tests/setup/production-server.ts";
import { expect, test } from "./fixtures.ts";

/** More than the two weeks that the sandbox's accounts have behind them. */
const hours = 400;
const jobsPerProvider = 326;

test("a newcomer imports what the accounts already hold and finds it in Jobs and Compare", async ({
  page,
  recentJobsPage,
  jobsPage,
  comparePage,
}) => {
  test.setTimeout(180_000);
  const dataDirectory = createDataDirectory();
  const server = await startProductionServer({
    dataDirectory,
    environment: { BATCHMARK_SANDBOX_SCENARIO: "demo" },
  });
  try {
    await page.goto(`${server.url}/jobs`);
    await expect(page.getByRole("link", { name: "Import recent jobs of the account" })).toBeVisible();

    await page.goto(`${server.url}/providers`);
    await recentJobsPage.openFromProviders();
    await recentJobsPage.lookBack(hours);
    for (const provider of ["OpenAI", "Google", "Anthropic"]) {
      await expect(recentJobsPage.reading(provider)).toContainText(
        `${jobsPerProvider} jobs, ${jobsPerProvider} new.`,
      );
    }

    await recentJobsPage.rows().nth(0).getByRole("checkbox").click();
    await recentJobsPage.rows().nth(2).getByRole("checkbox").click();
    await recentJobsPage.import("2 jobs");
    await expect(recentJobsPage.rows().getByRole("link", { name: "known" })).toHaveCount(2);

    await expect(recentJobsPage.importButton()).toHaveText(`Import ${3 * jobsPerProvider - 2} new jobs`);
    await recentJobsPage.import(`${3 * jobsPerProvider - 2} jobs`);
    await expect(recentJobsPage.importButton()).toBeDisabled();
    await page.reload();
    await expect(recentJobsPage.reading("Google")).toContainText(`${jobsPerProvider} jobs, 0 new.`);

    await page.goto(`${server.url}/jobs`);
    await expect(page.locator("#content").getByText(`${3 * jobsPerProvider} jobs:`)).toBeVisible();
    await jobsPage.openFirstJob();
    await expect(page.getByRole("region", { name: "Facts" })).toContainText("none, found at the provider");

    await page.goto(`${server.url}/compare?origin=adopted`);
    const counts = await comparePage.readCounts();
    expect(counts.map(({ provider, jobs }) => [provider, jobs])).toEqual([
      ["OpenAI", jobsPerProvider],
      ["Google", jobsPerProvider],
      ["Anthropic", jobsPerProvider],
    ]);
  } finally {
    await page.goto("about:blank");
    await server.stop();
    removeDataDirectory(dataDirectory);
  }
});

test("an account that refuses the key says so and holds up nobody", async ({ page, recentJobsPage }) => {
  const dataDirectory = createDataDirectory();
  const sandbox = await startSandbox({ scenario: "demo", seed: 1, stateDir: `${dataDirectory}/beside` });
  const server = await startProductionServer({
    dataDirectory,
    environment: {
      BATCHMARK_SANDBOX: "0",
      OPENAI_API_KEY: "invalid",
      OPENAI_BASE_URL: sandbox.urls.openai,
      GOOGLE_API_KEY: "good",
      GOOGLE_GEMINI_BASE_URL: sandbox.urls.google,
    },
  });
  try {
    await page.goto(`${server.url}/providers/recent-jobs?hours=${hours}`);
    await expect(recentJobsPage.reading("Google")).toContainText(
      `${jobsPerProvider} jobs, ${jobsPerProvider} new.`,
    );
    await expect(recentJobsPage.reading("OpenAI").getByRole("alert")).toContainText("OPENAI_API_KEY");
    await expect(recentJobsPage.importButton()).toHaveText(`Import ${jobsPerProvider} new jobs`);
    await page.getByLabel("Hours to look back").fill("0");
    await expect(page.getByText("Look back at least 1 hour.")).toBeVisible();
  } finally {
    await page.goto("about:blank");
    await server.stop();
    await sandbox.close();
    removeDataDirectory(dataDirectory);
  }
});
