import type { Page } from "@playwright/test";
import { jobPageSchema } from "#lib/domain/job-page.ts";
import { startSandbox, type Sandbox } from "#sandbox/server.ts";
import {
  createDataDirectory,
  removeDataDirectory,
  startProductionServer,
  type ProductionServer,
} from "#tests/setup/production-server.ts";
import { expect, test } from "./fixtures.ts";
import type { LaunchPage } from "./pages/launch-page.ts";

const dataDirectory = createDataDirectory();
let sandbox: Sandbox;
let server: ProductionServer;

/** Accounts of their own, so that deleting files takes nothing from other tests. */
test.beforeAll(async () => {
  sandbox = await startSandbox({ scenario: "instant", seed: 1, stateDir: `${dataDirectory}/beside` });
  server = await startProductionServer({
    dataDirectory,
    environment: {
      BATCHMARK_SANDBOX: "0",
      OPENAI_API_KEY: "files-openai",
      OPENAI_BASE_URL: sandbox.urls.openai,
      GOOGLE_API_KEY: "files-google",
      GOOGLE_GEMINI_BASE_URL: sandbox.urls.google,
      ANTHROPIC_API_KEY: "files-anthropic",
      ANTHROPIC_BASE_URL: sandbox.urls.anthropic,
    },
  });
});

test.afterEach(async ({ page }) => {
  await page.goto("about:blank");
});

test.afterAll(async () => {
  await server?.stop();
  await sandbox?.close();
  removeDataDirectory(dataDirectory);
});

async function control(resource: string, body: object): Promise<void> {
  const url = new URL(`/__sandbox/${resource}`, sandbox.urls.openai);
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
}

async function launchOneEach(launchPage: LaunchPage): Promise<void> {
  await launchPage.page.goto(`${server.url}/launch`);
  for (const lane of [1, 2, 3]) await launchPage.fillLane(lane, { jobs: "1", requests: "2" });
  await launchPage.launch();
}

async function collectedCount(page: Page): Promise<number> {
  const response = await page.request.get(`${server.url}/api/jobs`);
  const { jobs } = jobPageSchema.parse(await response.json());
  return jobs.filter((job) => job.step === "done" && job.collected !== null).length;
}

test("a user sees what the accounts hold and deletes what is not needed any more, and nothing else", async ({
  page,
  launchPage,
  jobSetPage,
  providersPage,
}) => {
  const foreign = {
    provider: "openai",
    key: "files-openai",
    state: "completed",
    ageSeconds: 600,
    requests: 4,
  };
  await control("batches", foreign);
  await launchOneEach(launchPage);
  await jobSetPage.waitUntilEnded();
  // Files are needed until the results are here, which is shortly after the end.
  await expect.poll(() => collectedCount(page), { timeout: 30_000 }).toBe(3);

  await page.goto(`${server.url}/providers`);
  await providersPage.listFiles();
  await expect(providersPage.filesOf("OpenAI")).toContainText(
    /^OpenAI4 files with .* 2 files with .* can be/,
  );
  await expect(providersPage.filesOf("Google")).toContainText("1 file with");
  await expect(providersPage.filesOf("Anthropic")).toContainText("Holds no files");
  await expect(providersPage.fileRows()).toHaveCount(5);
  await providersPage.files().getByRole("button", { name: "Not ours" }).click();
  await expect(providersPage.fileRows()).toHaveCount(2);
  await expect(providersPage.fileRows().first()).toContainText("not ours");

  const question = await providersPage.askForDeletion();
  await expect(question).toContainText(/3 files with .* are deleted at OpenAI and Google/);
  await expect(question).toContainText("Files of other jobs and files that are not ours stay.");
  await question.getByRole("button", { name: "Delete 3 files" }).click();
  await expect(page.getByText(/^3 files with .* deleted at the providers\.$/)).toBeVisible();
  await expect(providersPage.filesOf("OpenAI")).toContainText("2 files with");
  await expect(providersPage.filesOf("Google")).toContainText("No file.");
  await expect(providersPage.files().getByRole("button", { name: "Nothing to delete" })).toBeDisabled();

  await page.reload();
  await providersPage.listFiles();
  await expect(providersPage.fileRows()).toHaveCount(2);
  await page.goto(`${server.url}/jobs`);
  await page.getByRole("row").filter({ hasText: "OpenAI" }).getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "Results" }).locator("tbody tr")).toHaveCount(2);
});

test("a provider that cannot be asked says why and holds up nobody, and its errors are kept", async ({
  page,
  providersPage,
}) => {
  await control("faults", { kind: "overloaded", provider: "openai", endpoint: "files.list", times: 2 });
  await page.goto(`${server.url}/providers`);
  await providersPage.listFiles();
  await expect(providersPage.filesOf("OpenAI").getByRole("alert")).toContainText("OpenAI");
  await expect(providersPage.filesOf("Google")).toContainText(/No file\.|file with/);
  await providersPage.filesOf("OpenAI").getByRole("button", { name: "Try again" }).click();
  await expect(providersPage.health("OpenAI")).toContainText("1 earlier error", { timeout: 30_000 });
  await providersPage.filesOf("OpenAI").getByRole("button", { name: "Try again" }).click();
  await expect(providersPage.filesOf("OpenAI")).toContainText(/No file\.|files? with/);
  await expect(providersPage.filesOf("OpenAI").getByRole("alert")).toHaveCount(0);
});

test("the models of an account can be searched, retired ones are marked", async ({ page, providersPage }) => {
  await page.goto(`${server.url}/providers`);
  await providersPage.showModels("Anthropic");
  await expect(providersPage.models()).toContainText(/\d+ models, \d+ of them retired/);
  await providersPage.searchModels("claude-3-haiku");
  await expect(providersPage.modelRows()).toHaveCount(1);
  await expect(providersPage.modelRows()).toContainText(/retired \d+ \w+ \d{4}/);
  await providersPage.searchModels("no such model");
  await expect(providersPage.models()).toContainText("No model has this name");
});

test("the page says which scenario the sandbox plays and how to change it", async ({ page }) => {
  await page.goto("/providers");
  await expect(page.getByText("The sandbox is on, scenario “instant”")).toBeVisible();
  await expect(page.getByText("Jobs end after 0.3 to 2 s")).toBeVisible();
  await expect(page.getByText(/with demo, realistic or chaos into/)).toBeVisible();
});
