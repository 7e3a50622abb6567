import { expect, it } from "vitest";
import { smallTimeScale } from "#components/charts/small-time-scale.ts";

it("runs evenly from 0 where the durations are alike", () => {
  const scale = smallTimeScale(400, 600);
  expect(scale.tickSeconds).toEqual([0, 300, 600]);
  expect(scale.tickSeconds.map(scale.x)).toEqual([0, 50, 100]);
});

it("runs at equal ratios where minutes stand beside hours, and names round times", () => {
  const scale = smallTimeScale(30, 86_400);
  expect(scale.tickSeconds).toEqual([60, 3_600, 86_400]);
  const [first = 0, second = 0, ...others] = scale.tickSeconds.map(scale.x);
  expect(second).toBeGreaterThan(first);
  expect(others.at(-1)).toBe(100);
  expect(scale.x(0)).toBe(0);
});

it("holds when nothing has ended", () => {
  expect(smallTimeScale(Infinity, 0).tickSeconds.map(smallTimeScale(Infinity, 0).x)).toContain(0);
});
