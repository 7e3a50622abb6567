import { expect, test } from "./fixtures.ts";

test("a user sees what a job set keeps, deletes its results, then the whole set", async ({
  page,
  launchPage,
  jobSetPage,
  jobsPage,
  storagePage,
}) => {
  await launchPage.open();
  for (const lane of [1, 2, 3]) await launchPage.fillLane(lane, { jobs: "1", requests: "2" });
  await launchPage.name("To be pruned");
  const jobSetId = await launchPage.launch();
  await jobSetPage.waitUntilEnded();
  await jobsPage.open(`?set=${jobSetId}`);
  await jobsPage.openFirstJob();
  const jobUrl = page.url();
  await expect(page.getByRole("region", { name: "Results" }).locator("tbody tr")).toHaveCount(2);

  await storagePage.openFromProviders();
  await expect(storagePage.sizesOf("To be pruned")).toContainText("3");
  const results = await storagePage.plan({ subject: "Results", jobSet: "To be pruned" });
  await expect(results).toContainText("Nothing is deleted at a provider.");
  await results.getByRole("button", { name: "Delete results of 3 jobs" }).click();
  await expect(page.getByText("Results of 3 jobs deleted")).toBeVisible();

  await page.goto(jobUrl);
  await expect(page.getByText("The results were deleted here to make room")).toBeVisible();
  await expect(page.getByRole("link", { name: "Raw results" })).toHaveCount(0);

  await storagePage.openFromProviders();
  const jobs = await storagePage.plan({ subject: "Whole jobs", jobSet: "To be pruned" });
  await jobs.getByRole("button", { name: "Delete 3 jobs" }).click();
  await expect(page.getByText("3 jobs deleted")).toBeVisible();
  await expect(storagePage.sizesOf("To be pruned")).toHaveCount(0);
  await page.goto("/job-sets");
  await expect(page.getByText("To be pruned")).toHaveCount(0);
});
