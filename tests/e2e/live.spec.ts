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
