import {
  createDataDirectory,
  removeDataDirectory,
  startProductionServer,
} from "#tests/setup/production-server.ts";
import { expect, test } from "./fixtures.ts";
import { LaunchPage } from "./pages/launch-page.ts";

test("a status change reaches an open page without reload", async ({ page, context, jobsPage }) => {
  await jobsPage.open();
  await page.evaluate(() => Object.assign(window, { wasNotReloaded: true }));
  const other = await context.newPage();
  await other.goto("/launch");
  const form = new LaunchPage(other);
  for (const lane of [3, 2]) await other.getByRole("button", { name: `Remove lane ${lane}` }).click();
  await form.fillLane(1, { jobs: "2", requests: "1" });
  await form.name("Seen live");
  await form.launch();

  const rows = jobsPage.rows().filter({ hasText: "Seen live" });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "Succeeded" }).or(rows.filter({ hasText: "failed" }))).toHaveCount(2, {
    timeout: 30_000,
  });
  expect(await page.evaluate(() => "wasNotReloaded" in window)).toBe(true);
});

test("a page without network says so, and shows what it missed when the network is back", async ({
  page,
  context,
  browser,
  baseURL,
  jobsPage,
  complaints,
}) => {
  const live = page.locator("[data-live-state]").filter({ visible: true });
  await jobsPage.open();
  await expect(live).toHaveAttribute("data-live-state", "connected");
  await context.setOffline(true);
  await expect(page.getByText("Connection lost.")).toBeVisible();
  await expect(live).toHaveAttribute("data-live-state", "offline");

  const elsewhere = await browser.newContext({ baseURL });
  const other = await elsewhere.newPage();
  await other.goto("/launch");
  const form = new LaunchPage(other);
  for (const lane of [3, 2]) await other.getByRole("button", { name: `Remove lane ${lane}` }).click();
  await form.fillLane(1, { jobs: "2", requests: "1" });
  await form.name("Launched meanwhile");
  await form.launch();
  await elsewhere.close();
  const missed = jobsPage.rows().filter({ hasText: "Launched meanwhile" });
  await expect(page.getByText("Connection lost.")).toBeVisible();
  await expect(missed).toHaveCount(0);

  await context.setOffline(false);
  await expect(live).toHaveAttribute("data-live-state", "connected", { timeout: 30_000 });
  await expect(page.getByText("Connection lost.")).toBeHidden();
  await expect(missed).toHaveCount(2);
  // The browser reports what it could not read while there was no network.
  complaints.splice(0);
});

test("a lost connection is shown, recovers, and jobs of a killed server go on", async ({
  page,
  complaints,
}) => {
  const dataDirectory = createDataDirectory();
  let server = await startProductionServer({ dataDirectory });
  const port = Number(new URL(server.url).port);
  try {
    await page.goto(`${server.url}/launch`);
    await page.getByLabel("Name", { exact: true }).fill("Survivor");
    await page.getByRole("button", { name: /^Launch/ }).click();
    await page.waitForURL(/\/job-sets\/set_/);
    await server.kill();
    await expect(page.getByText("Connection lost.")).toBeVisible({ timeout: 30_000 });

    server = await startProductionServer({ dataDirectory, port });
    await expect(page.getByText("Connection lost.")).toBeHidden({ timeout: 30_000 });
    const lanes = page.getByRole("region", { name: "Lanes" });
    await expect(lanes).not.toContainText(/running|waiting/, { timeout: 60_000 });
    // The browser itself reports each attempt to reach the dead server, and would report the coming end of this one.
    await page.goto("about:blank");
    complaints.splice(0);
  } finally {
    await server.stop();
    removeDataDirectory(dataDirectory);
  }
});
