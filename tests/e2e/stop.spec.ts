import { existsSync } from "node:fs";
import path from "node:path";
import {
  createDataDirectory,
  removeDataDirectory,
  startProductionServer,
} from "#tests/setup/production-server.ts";
import { expect, test } from "./fixtures.ts";

test("an ordered stop closes the database and the next start goes on where it was", async ({ page }) => {
  const dataDirectory = createDataDirectory();
  const lock = path.join(dataDirectory, "db.lock");
  let server = await startProductionServer({ dataDirectory });
  try {
    await page.goto(`${server.url}/launch`);
    await page.getByLabel("Name", { exact: true }).fill("Kept over a stop");
    await page.getByRole("button", { name: /^Launch/ }).click();
    await page.waitForURL(/\/job-sets\/set_/);
    const jobSetPath = new URL(page.url()).pathname;
    expect(existsSync(lock)).toBe(true);
    await page.goto("about:blank");
    await server.stop();
    expect(existsSync(lock), "the lock of the database").toBe(false);

    server = await startProductionServer({ dataDirectory });
    await page.goto(server.url + jobSetPath);
    const lanes = page.getByRole("region", { name: "Lanes" });
    await expect(lanes).not.toContainText(/running|waiting/, { timeout: 60_000 });
    await page.goto("about:blank");
  } finally {
    await server.stop();
    removeDataDirectory(dataDirectory);
  }
});

test("a second server on the same data folder refuses to start and says what to do", async () => {
  const dataDirectory = createDataDirectory();
  const server = await startProductionServer({ dataDirectory });
  try {
    await expect(startProductionServer({ dataDirectory })).rejects.toThrow(
      /already runs as process \d+.*BATCHMARK_DATA_DIR/s,
    );
  } finally {
    await server.stop();
    removeDataDirectory(dataDirectory);
  }
});
