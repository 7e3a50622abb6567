import { expect, test } from "./fixtures.ts";

test("somebody watches the lanes of a set, with what is partial and how long jobs take, and finds it in the list", async ({
  page,
  launchPage,
  jobSetPage,
}) => {
  await launchPage.open();
  await page.getByRole("button", { name: "Remove lane 3" }).click();
  for (const lane of [1, 2]) await launchPage.fillLane(lane, { jobs: "2", requests: "2" });
  await launchPage.pastePrompts("What is a tide?\n[[sandbox:fail]] This one fails.");
  await launchPage.name("Two lanes, half of each");
  const jobSetId = await launchPage.launch();
  await jobSetPage.waitUntilEnded();

  await expect(jobSetPage.lanes().getByRole("listitem").filter({ hasText: "2 partial" })).not.toHaveCount(0);
  await expect(jobSetPage.curve(/^OpenAI .*: delivered .*half of 2 jobs within/)).toBeVisible();
  await expect(jobSetPage.lanes()).toContainText("Text answers: 2 jobs of 2 requests");

  await page.goto("/job-sets");
  const row = page.getByRole("row", { name: /Two lanes, half of each/ });
  await expect(row).toContainText("4/4 ended");
  await expect(row.getByRole("img", { name: /4 partial/ })).toBeVisible();
  await row.getByRole("link", { name: "Two lanes, half of each" }).click();
  await page.waitForURL(`/job-sets/${jobSetId}`);
  await page.getByRole("link", { name: "Launch again" }).click();
  await expect(page.getByText(/Filled from the job set/)).toBeVisible();
});

test("a job set that does not exist says so, and leads to the list", async ({ page, complaints }) => {
  await page.goto("/job-sets/set_nowhere");
  await expect(page.getByText("There is no job set with this id")).toBeVisible();
  await page.getByRole("link", { name: "All job sets" }).click();
  await page.waitForURL("/job-sets");
  // The browser reports the missing page where the server says so by its status.
  complaints.splice(0);
});
