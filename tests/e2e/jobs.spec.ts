import { expect, test } from "./fixtures.ts";

test("somebody finds jobs, chooses them by keyboard and deletes them at the provider without losing results", async ({
  page,
  launchPage,
  jobSetPage,
  jobsPage,
  jobPage,
}) => {
  await launchPage.open();
  for (const lane of [1, 2, 3]) await launchPage.fillLane(lane, { jobs: "3", requests: "2" });
  await launchPage.name("To be tidied up");
  const jobSetId = await launchPage.launch();
  await jobSetPage.waitUntilEnded();

  await test.step("filters narrow the list, the counts follow, and the address keeps it", async () => {
    await jobsPage.open(`?set=${jobSetId}`);
    await expect(jobsPage.rows()).toHaveCount(9);
    await jobsPage.filterButton(/^Google/).click();
    await expect(jobsPage.rows()).toHaveCount(3);
    await expect(jobsPage.filterButton(/^OpenAI/)).toContainText("3");
    await page.reload();
    await expect(jobsPage.rows()).toHaveCount(3);
    await jobsPage.search().fill("nothing is called so");
    await expect(page.getByText("No job matches")).toBeVisible();
    await jobsPage.search().fill("to be TIDIED");
    await expect(jobsPage.rows()).toHaveCount(3);
    await page.goto("/jobs");
    await page.getByRole("combobox", { name: "Job set" }).selectOption("To be tidied up");
    await expect(page).toHaveURL(new RegExp(`set=${jobSetId}`));
    await page.goto(`/jobs?set=${jobSetId}&within=1h&step=done`);
    await expect(jobsPage.rows()).toHaveCount(9);
  });

  await test.step("the order stands in the address, and a range or a pick becomes a file", async () => {
    await jobsPage.open(`?set=${jobSetId}`);
    await jobsPage.sortBy("Age or turnaround");
    await expect(page).toHaveURL(/sort=turnaround/);
    expect(await jobsPage.downloadShown("CSV")).toHaveLength(10);
    expect(await jobsPage.downloadShown("Reports")).toHaveLength(9);
    await jobsPage.choose(1);
    await jobsPage.choose(3, { isRange: true });
    await expect(jobsPage.chosenRows()).toHaveCount(3);
    await jobsPage.choose(2);
    await expect(jobsPage.selectionBar()).toContainText("2 jobs selected");
    expect(await jobsPage.downloadChosen("CSV")).toHaveLength(3);
    expect(await jobsPage.downloadChosen("Report file")).toHaveLength(2);
    expect(await jobsPage.downloadChosen("Download results")).toHaveLength(4);
    await page.keyboard.press("Escape");
    await expect(jobsPage.selectionBar()).toBeHidden();
  });

  await test.step("the keyboard moves, makes ranges, lets go and opens", async () => {
    await jobsPage.focusFirstRow();
    await page.keyboard.press("j");
    await page.keyboard.press(" ");
    await expect(jobsPage.chosenRows()).toHaveCount(1);
    await page.keyboard.press("Shift+ArrowDown");
    await expect(jobsPage.chosenRows()).toHaveCount(2);
    await page.keyboard.press("Shift+ArrowDown");
    await expect(jobsPage.chosenRows()).toHaveCount(3);
    await page.keyboard.press("Escape");
    await expect(jobsPage.selectionBar()).toBeHidden();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/jobs\/job_/);
    await page.goBack();
    await expect(jobsPage.rows()).toHaveCount(9);
  });

  await test.step("all that match are deleted at the provider, after a look at what that means", async () => {
    await jobsPage.chooseAllThatMatch();
    await expect(jobsPage.selectionBar()).toContainText("All 9 jobs selected");
    const said = await jobsPage.confirm("Delete at provider", /^Delete 9 jobs/);
    expect(said).toContain("The results collected by Batchmark stay.");
    await expect(page.getByText("Deleted 9 jobs at the provider.")).toBeVisible({ timeout: 30_000 });
    await expect(jobsPage.selectionBar()).toBeHidden();
  });

  await test.step("what was collected is still there", async () => {
    await jobsPage.openFirstJob();
    await expect(jobPage.timeline()).toContainText("Deleted at the provider");
    await expect(jobPage.resultRows()).toHaveCount(2);
    await expect(page.getByRole("button", { name: "Delete at provider" })).toBeHidden();
    expect((await jobPage.download("Unified results")).trim().split("\n")).toHaveLength(2);
  });
});

test("somebody sees what went wrong by kind, looks at it, and takes the evidence along", async ({
  page,
  context,
  launchPage,
  jobSetPage,
  jobsPage,
  jobPage,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await launchPage.open();
  for (const lane of [3, 2]) await page.getByRole("button", { name: `Remove lane ${lane}` }).click();
  await launchPage.fillLane(1, { jobs: "1", requests: "4" });
  await launchPage.pastePrompts(
    "What is a tide?\n[[sandbox:fail]] First failure.\nWhat is a moon?\n[[sandbox:fail]] Second failure.",
  );
  const jobSetId = await launchPage.launch();
  await jobSetPage.waitUntilEnded();
  await jobsPage.open(`?set=${jobSetId}`);
  await expect(jobsPage.rows().first()).toContainText("2/4 succeeded");
  await jobsPage.openFirstJob();

  await expect(jobPage.errors().locator("li")).toHaveCount(1);
  await expect(jobPage.errors()).toContainText("2 requests");
  await jobPage.errors().getByRole("button", { name: "Show them" }).click();
  await expect(jobPage.resultRows()).toHaveCount(2);
  await expect(jobPage.results()).toContainText("First failure.");
  await page.goto(new URL(page.url()).pathname);
  await jobPage.searchResults("moon");
  await expect(jobPage.resultRows()).toHaveCount(1);
  await expect(page).toHaveURL(/q=moon/);

  const summary = await jobPage.copySummary();
  expect(summary).toContain(`Batchmark id: ${new URL(page.url()).pathname.split("/").at(-1)}`);
  expect(summary).toContain("4 in all, 2 succeeded, 2 failed");
  const table = await jobPage.download("Table");
  expect(table.split("\r\n")[0]).toContain("prompt,answer");
  expect(table).toContain("What is a moon?");
});

test("the columns that somebody chose are there after a reload", async ({ page, jobsPage }) => {
  await jobsPage.open();
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Origin" }).check();
  await page.getByRole("checkbox", { name: "Last checked" }).uncheck();
  await page.keyboard.press("Escape");
  const headers = page.getByRole("columnheader");
  await expect(headers.filter({ hasText: "Origin" })).toBeVisible();
  await page.reload();
  await expect(headers.filter({ hasText: "Origin" })).toBeVisible();
  await expect(headers.filter({ hasText: "Last checked" })).toHaveCount(0);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("button", { name: "The usual columns" }).click();
  await expect(headers.filter({ hasText: "Last checked" })).toHaveCount(1);
});

test("the choice of columns says which ones the window has no room for", async ({ page, jobsPage }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await jobsPage.open();
  await page.getByRole("button", { name: "Columns" }).click();
  const jobSet = page.locator("label", { hasText: "Job set" });
  await expect(jobSet).toContainText("window too narrow");
  await expect(jobSet.getByText("window too narrow")).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Job set" })).toBeHidden();
  await page.setViewportSize({ width: 1680, height: 900 });
  await expect(jobSet.getByText("window too narrow")).toBeHidden();
  await expect(page.getByRole("columnheader", { name: "Job set" })).toBeVisible();
});

test("the rows that came with the page stay while their script is on its way and jobs change", async ({
  page,
  context,
  launchPage,
  jobSetPage,
  jobsPage,
}) => {
  await launchPage.open();
  await launchPage.launch();
  await jobSetPage.waitUntilEnded();
  const listScript = Promise.withResolvers<void>();
  let isHeldBack = false;
  await page.route("**/_next/static/**/*.js", async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    if (body.includes("No job matches")) {
      isHeldBack = true;
      await listScript.promise;
    }
    await route.fulfill({ response, body });
  });
  // A script that was asked for before the page's "load" holds that back as well.
  await page.goto("/jobs", { waitUntil: "domcontentloaded" });
  const state = page.getByText(/^[\d,]+ jobs: /);
  const before = await state.innerText();
  await expect.poll(() => isHeldBack, { timeout: 60_000 }).toBe(true);

  const other = await context.newPage();
  await other.goto("/launch");
  await other.getByRole("button", { name: /^Launch/ }).click();
  await other.waitForURL(/\/job-sets\/set_/);
  await expect(state).not.toHaveText(before, { timeout: 60_000 });
  await expect(jobsPage.rows().first()).toBeVisible();

  listScript.resolve();
  await jobsPage.choose(0);
  await expect(jobsPage.selectionBar()).toContainText("1 job selected");
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
