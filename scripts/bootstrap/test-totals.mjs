// @ts-check
import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/** @type {Totals} a stage that did not come to its tests counts as one failure, so that it is never overlooked */
export const BROKEN_STAGE = { passed: 0, failed: 1, skipped: 0 };

/**
 * Reads the JSON report of Vitest. A file that does not load, or an error outside any test, fails the run without a
 * failed test, so the exit code decides whether at least one failure counts.
 * @param {string} path
 * @param {number} exitCode
 * @returns {Totals}
 */
export function readVitestTotals(path, exitCode) {
  if (!existsSync(path)) return BROKEN_STAGE;
  const report = JSON.parse(readFileSync(path, "utf8"));
  const failed = report.numFailedTests;
  return {
    passed: report.numPassedTests,
    failed: exitCode === 0 ? failed : Math.max(1, failed),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Reads the JSON report of Playwright; a test that passed only when tried again counts as failed.
 * @param {string} path
 * @param {number} exitCode
 * @returns {Totals}
 */
export function readPlaywrightTotals(path, exitCode) {
  if (!existsSync(path)) return BROKEN_STAGE;
  const { stats } = JSON.parse(readFileSync(path, "utf8"));
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: exitCode === 0 ? failed : Math.max(1, failed),
    skipped: stats.skipped,
  };
}

/** @param {Totals[]} stages @returns {Totals} */
export function addTotals(stages) {
  const sum = (/** @type {keyof Totals} */ key) => stages.reduce((total, stage) => total + stage[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

/** @param {Totals} totals @returns {string} the last line of `npm test`, which other programs read */
export function formatTotals({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
