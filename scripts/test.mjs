// @ts-check
import "./bootstrap/check-node-version.mjs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./bootstrap/ensure-built.mjs";
import { ensureChromium } from "./bootstrap/ensure-chromium.mjs";
import { ensureInstalled } from "./bootstrap/ensure-installed.mjs";
import { ensureNode } from "./bootstrap/ensure-node.mjs";
import { BootstrapError, childEnvironment, explain, inProject, runMain, say } from "./bootstrap/project.mjs";
import { runStep } from "./bootstrap/run-step.mjs";
import {
  BROKEN_STAGE,
  addTotals,
  formatTotals,
  readPlaywrightTotals,
  readVitestTotals,
} from "./bootstrap/test-totals.mjs";

/** @typedef {import("./bootstrap/test-totals.mjs").Totals} Totals */

const UNIT_TIMEOUT_MS = 13 * 60_000;
const E2E_TIMEOUT_MS = 13 * 60_000;

/** @param {string[]} args @returns {{ unit: boolean, e2e: boolean }} */
function parseStages(args) {
  const [flag, stage] = args;
  if (flag === undefined) return { unit: true, e2e: true };
  if (flag === "--only" && (stage === "unit" || stage === "e2e"))
    return { unit: stage === "unit", e2e: stage === "e2e" };
  throw new BootstrapError("usage: npm test, or npm test -- --only unit, or npm test -- --only e2e");
}

/** @param {string} node @param {string} reportDir @returns {Promise<Totals>} */
async function runUnitTests(node, reportDir) {
  const report = join(reportDir, "vitest.json");
  const { exitCode, timedOut } = await runStep({
    label: "running the tests",
    command: node,
    args: [
      inProject("node_modules", "vitest", "vitest.mjs"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    env: childEnvironment("test"),
    timeoutMs: UNIT_TIMEOUT_MS,
  });
  if (timedOut) say("the tests took too long and were stopped.");
  return readVitestTotals(report, exitCode);
}

/** @param {string} node @param {string} reportDir @returns {Promise<Totals>} */
async function runBrowserTests(node, reportDir) {
  const chromium = await ensureChromium(node);
  say(`running the end-to-end tests in ${chromium} …`);
  const report = join(reportDir, "playwright.json");
  const { exitCode, timedOut } = await runStep({
    label: "running the end-to-end tests",
    command: node,
    args: [inProject("node_modules", "@playwright", "test", "cli.js"), "test", "--reporter=list,json"],
    env: { ...childEnvironment("test"), CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    timeoutMs: E2E_TIMEOUT_MS,
  });
  if (timedOut) say("the end-to-end tests took too long and were stopped.");
  return readPlaywrightTotals(report, exitCode);
}

/** @param {{ unit: boolean, e2e: boolean }} stages @param {string} reportDir @returns {Promise<Totals>} */
async function runStages(stages, reportDir) {
  await ensureInstalled();
  const node = await ensureNode();
  const totals = [];
  if (stages.unit) totals.push(await orBroken(() => runUnitTests(node, reportDir)));
  if (stages.e2e) {
    const buildAndBrowse = async () => {
      await ensureBuilt(node);
      return runBrowserTests(node, reportDir);
    };
    totals.push(await orBroken(buildAndBrowse));
  }
  return addTotals(totals);
}

/**
 * A stage that cannot run at all is told and counted, and the other stages run all the same.
 * @param {() => Promise<Totals>} stage
 */
async function orBroken(stage) {
  try {
    return await stage();
  } catch (error) {
    explain(error);
    return BROKEN_STAGE;
  }
}

await runMain(async () => {
  const stages = parseStages(process.argv.slice(2));
  const reportDir = mkdtempSync(join(tmpdir(), "batchmark-test-"));
  try {
    const totals = await orBroken(() => runStages(stages, reportDir));
    console.log(`\n${formatTotals(totals)}`);
    return totals.failed === 0 ? 0 : 1;
  } finally {
    rmSync(reportDir, { recursive: true, force: true });
  }
});
