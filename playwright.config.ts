import { defineConfig } from "@playwright/test";
import { chromiumFlags, findChromium } from "./scripts/bootstrap/find-chromium.mjs";

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/setup/e2e-server.ts",
  // One server, one database, one sandbox: the tests take turns.
  workers: 1,
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  outputDir: "test-results",
  use: {
    baseURL: process.env["BATCHMARK_E2E_URL"],
    browserName: "chromium",
    launchOptions: { executablePath: findChromium(), args: chromiumFlags() },
    // Recording each test takes a good part of its time; `--trace retain-on-failure` records the one that is looked at.
    trace: "off",
    screenshot: "only-on-failure",
  },
});
