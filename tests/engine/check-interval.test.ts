import { expect, it } from "vitest";
import { unknownCounts } from "#lib/domain/outcome-counts.ts";
import { checkIntervalSeconds, remainingSecondsOf } from "#lib/engine/check-interval.ts";

const middle = () => 0.5;
const nothingKnown = { remainingSeconds: null, isEnding: false };

it.each([
  [0, 1],
  [60, 3],
  [600, 30],
  [3_600, 120],
  [86_400, 120],
])("a job of %i s of which nothing else is known is looked at every %i s", (ageSeconds, expected) => {
  expect(checkIntervalSeconds({ ageSeconds, ...nothingKnown }, middle)).toBeCloseTo(expected);
});

it("looks more often at a job near its likely end, and most often at one that is ending", () => {
  const near = { ageSeconds: 3_600, remainingSeconds: 40, isEnding: false };
  expect(checkIntervalSeconds(near, middle)).toBe(36);
  expect(checkIntervalSeconds({ ...near, ageSeconds: 600 }, middle)).toBe(10);
  expect(checkIntervalSeconds({ ageSeconds: 3_600, remainingSeconds: null, isEnding: true }, middle)).toBe(5);
});

it("never looks less often because of what it believes about the end", () => {
  const far = { ageSeconds: 60, remainingSeconds: 80_000, isEnding: false };
  expect(checkIntervalSeconds(far, middle)).toBe(3);
});

it("goes by the job's own progress before that of others", () => {
  const half = { counts: { ...unknownCounts, total: 10, succeeded: 4, failed: 1 } };
  expect(remainingSecondsOf(half, 100, 5_000)).toBe(100);
  const unknown = { counts: { ...unknownCounts, total: 10 } };
  expect(remainingSecondsOf(unknown, 100, 130)).toBe(30);
  expect(remainingSecondsOf(unknown, 300, 130)).toBeNull();
  expect(remainingSecondsOf(unknown, 300, null)).toBeNull();
});
