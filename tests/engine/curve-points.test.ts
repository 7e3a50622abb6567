import { expect, it } from "vitest";
import { roundTimes, thinned } from "#lib/engine/curve-points.ts";

it("thins a long row evenly and keeps both ends", () => {
  const all = Array.from({ length: 10_000 }, (_, index) => index);
  const few = thinned(all, 500);
  expect(few.length).toBeLessThanOrEqual(501);
  expect(few[0]).toBe(0);
  expect(few.at(-1)).toBe(9_999);
  expect(thinned([1, 2, 3], 500)).toEqual([1, 2, 3]);
});

it.each([
  [Infinity, 0, [0]],
  [1, 5, [0, 1, 2, 3, 4, 5]],
  [10, 100, [0, 30, 60, 90]],
  [7_200, 3_600 * 20, [0, 14_400, 28_800, 43_200, 57_600, 72_000]],
  [15, 2 * 86_400, [0, 60, 300, 1_800, 7_200, 43_200, 172_800]],
  [Infinity, 3_600, [0, 600, 1_200, 1_800, 2_400, 3_000, 3_600]],
])("cuts what lies between %d s and %d s into round times", (firstSeconds, lastSeconds, expected) => {
  expect(roundTimes(firstSeconds, lastSeconds)).toEqual(expected);
});
