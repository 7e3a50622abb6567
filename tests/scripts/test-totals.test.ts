import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  addTotals,
  formatTotals,
  readPlaywrightTotals,
  readVitestTotals,
} from "../../scripts/bootstrap/test-totals.mjs";

const directory = mkdtempSync(path.join(tmpdir(), "batchmark-totals-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function report(content: object): string {
  const file = path.join(directory, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitestReport = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 };

describe("the totals of a test run", () => {
  test("count tests still to be written as skipped", () => {
    expect(readVitestTotals(report(vitestReport), 0)).toEqual({ passed: 5, failed: 0, skipped: 3 });
  });

  test("hold a failure when a run fails without a failed test", () => {
    expect(readVitestTotals(report(vitestReport), 1).failed).toBe(1);
  });

  test("hold a failure when a run leaves no report", () => {
    expect(readVitestTotals(path.join(directory, "none.json"), 0).failed).toBe(1);
    expect(readPlaywrightTotals(path.join(directory, "none.json"), 0).failed).toBe(1);
  });

  test("count a browser test that passed only on a second try as failed", () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 4 };
    expect(readPlaywrightTotals(report({ stats }), 1)).toEqual({ passed: 3, failed: 2, skipped: 4 });
  });

  test("are written as one line", () => {
    const sum = addTotals([
      { passed: 1, failed: 0, skipped: 2 },
      { passed: 10, failed: 3, skipped: 0 },
    ]);
    expect(formatTotals(sum)).toBe("11 passed, 3 failed, 2 skipped");
  });
});
