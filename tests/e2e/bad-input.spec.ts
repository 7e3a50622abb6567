import { request } from "@playwright/test";
import { startSandbox } from "#sandbox/server.ts";
import {
  createDataDirectory,
  removeDataDirectory,
  startProductionServer,
  type ProductionServer,
} from "#tests/setup/production-server.ts";
import { expect, test } from "./fixtures.ts";

test.describe("the launch form", () => {
  test("says at the field what is wrong, launches nothing and keeps what was typed", async ({
    page,
    launchPage,
  }) => {
    await launchPage.open();
    await launchPage.fillLane(1, { jobs: "0" });
    await launchPage.fillLane(2, { jobs: "1000000" });
    await launchPage.fillLane(3, { requests: "many" });
    await launchPage.name("Kept");
    await expect(launchPage.launchButton()).toHaveText("Fix 3 problems to launch");
    await launchPage.launchButton().click();
    await expect(launchPage.lane(1)).toContainText("Enter at least 1 for the number of jobs.");
    await expect(launchPage.lane(2)).toContainText("Enter at most 10,000 for the number of jobs.");
    await expect(launchPage.lane(3)).toContainText("Enter requests per job as a whole number.");
    await expect(launchPage.lane(1).getByLabel("Jobs", { exact: true })).toBeFocused();
    await expect(page).toHaveURL(/\/launch/);

    await page.reload();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Kept");
    await expect(launchPage.lane(2).getByLabel("Jobs", { exact: true })).toHaveValue("1000000");
  });

  test("refuses an empty prompt file and one that is not text", async ({ page, launchPage }) => {
    await launchPage.open();
    await launchPage.uploadPrompts({ name: "empty.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) });
    await expect(page.getByRole("region", { name: "Prompts" })).toContainText(/empty/i);
    await page.getByRole("button", { name: "Remove file" }).click();
    const image = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0xff, 0xfe]);
    await launchPage.uploadPrompts({ name: "picture.png", mimeType: "image/png", buffer: image });
    await expect(page.getByRole("region", { name: "Prompts" })).toContainText("not text");
    await launchPage.launchButton().click();
    await expect(page).toHaveURL(/\/launch/);
  });

  test("keeps the good lines of a prompt file around bad ones and names those", async ({
    page,
    launchPage,
  }) => {
    await launchPage.open();
    const lines = '{"prompt":"What is a lock?"}\nnot json\n{"prompt":"What is a key?"}\n';
    await launchPage.uploadPrompts({
      name: "mixed.jsonl",
      mimeType: "application/jsonl",
      buffer: Buffer.from(lines),
    });
    const prompts = page.getByRole("region", { name: "Prompts" });
    await expect(prompts).toContainText("What is a lock?");
    await expect(prompts).toContainText("What is a key?");
    await expect(prompts).toContainText(/line 2/i);
  });
});

test("a call from a foreign page or under a foreign name is refused", async ({ baseURL }) => {
  const client = await request.newContext({ baseURL });
  const foreignPage = await client.post("/launch", {
    headers: { origin: "https://evil.example", "next-action": "0".repeat(42), "content-type": "text/plain" },
    data: "[]",
  });
  expect(foreignPage.status()).toBe(403);
  expect(await foreignPage.text()).toContain("other sites are refused");
  const foreignName = await client.get("/api/jobs", { headers: { host: "evil.example" } });
  expect(foreignName.status()).toBe(403);
  await client.dispose();
});

test.describe("providers that cannot be used", () => {
  let server: ProductionServer | null = null;
  let dataDirectory: string;

  test.beforeEach(() => {
    dataDirectory = createDataDirectory();
  });
  test.afterEach(async ({ page }) => {
    // The page would complain about the server that goes away.
    await page.goto("about:blank");
    await server?.stop();
    server = null;
    removeDataDirectory(dataDirectory);
  });

  test("no key and no sandbox: the lane says which variable to set", async ({ page, launchPage }) => {
    server = await startProductionServer({ dataDirectory, environment: { BATCHMARK_SANDBOX: "0" } });
    await page.goto(`${server.url}/launch`);
    if ((await launchPage.lane(1).count()) === 0)
      await page.getByRole("button", { name: "Add lane" }).click();
    await launchPage.launchButton().click();
    await expect(page.getByText(/OPENAI_API_KEY/).first()).toBeVisible();
    await expect(page).toHaveURL(/\/launch/);
  });

  test("a wrong key and an unreachable address: the job says so, the other provider goes on, and what waits is cancelled", async ({
    page,
    launchPage,
    jobsPage,
  }) => {
    const sandbox = await startSandbox({ scenario: "instant", seed: 1, stateDir: `${dataDirectory}/beside` });
    server = await startProductionServer({
      dataDirectory,
      environment: {
        BATCHMARK_SANDBOX: "0",
        OPENAI_API_KEY: "invalid",
        OPENAI_BASE_URL: sandbox.urls.openai,
        GOOGLE_API_KEY: "a-key",
        GOOGLE_GEMINI_BASE_URL: "http://127.0.0.1:9",
        ANTHROPIC_API_KEY: "a-key",
        ANTHROPIC_BASE_URL: sandbox.urls.anthropic,
      },
    });
    await page.goto(`${server.url}/launch`);
    await page.getByRole("button", { name: "Remove lane 2" }).click();
    for (const lane of [1, 2]) await launchPage.fillLane(lane, { jobs: "1", requests: "1" });
    const jobSetId = await launchPage.launch();

    await expect(page.getByRole("status").filter({ hasText: "1 of 2 jobs submitted" })).toBeVisible();
    const jobs = page.getByRole("region", { name: "Jobs" });
    await expect(jobs.locator("tbody tr", { hasText: "Anthropic" })).toContainText("Succeeded", {
      timeout: 30_000,
    });
    const refused = jobs.locator("tbody tr", { hasText: "OpenAI" });
    await expect(refused).toContainText("in trouble");
    await refused.getByRole("link").first().click();
    await expect(page.getByText(/refused the key.*OPENAI_API_KEY/).first()).toBeVisible();

    await page.goto(`${server.url}/launch`);
    for (const lane of [3, 1]) await page.getByRole("button", { name: `Remove lane ${lane}` }).click();
    await launchPage.fillLane(1, { jobs: "1", requests: "1" });
    expect(await launchPage.launch()).not.toBe(jobSetId);
    const unreachable = page.getByRole("region", { name: "Jobs" }).locator("tbody tr", { hasText: "Google" });
    await expect(unreachable).toContainText("in trouble", { timeout: 30_000 });
    await unreachable.getByRole("link").first().click();
    await expect(page.getByText(/Could not reach/).first()).toBeVisible();

    await page.goto(`${server.url}/jobs?step=submit`);
    await expect(jobsPage.rows()).toHaveCount(2);
    await jobsPage.chooseAllThatMatch();
    await jobsPage.selectionBar().getByRole("button", { name: "Check now" }).click();
    await expect(page.getByText("Asking the providers about 2 jobs.")).toBeVisible();
    await expect(jobsPage.selectionBar()).toBeHidden();
    await jobsPage.chooseAllThatMatch();
    const said = await jobsPage.confirm("Cancel", /^Cancel 2 jobs/);
    expect(said).toContain("OpenAI");
    expect(said).toContain("Google");
    await expect(page.getByText("Cancellation of 2 jobs is on its way.")).toBeVisible();
    await page.goto(`${server.url}/jobs?status=CANCELLED_ON_DEMAND`);
    await expect(jobsPage.rows()).toHaveCount(2);
    await sandbox.close();
  });
});
