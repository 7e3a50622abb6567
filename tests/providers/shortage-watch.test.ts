import { expect, it } from "vitest";
import { ShortageWatch } from "#lib/providers/shortage-watch.ts";

it("takes too little for cut off three times, then for all there is", () => {
  const watch = new ShortageWatch();
  const verdicts = [9, 8, 9, 9].map((amount) => watch.isCutOff("a", amount, 10));
  expect(verdicts).toEqual([true, true, true, false]);
});

it("lets what it has once let through pass at once, and takes less than that for cut off again", () => {
  const watch = new ShortageWatch();
  for (const amount of [8, 8, 8, 8]) watch.isCutOff("a", amount, 10);
  const verdicts = [8, 9, 7, 7, 7, 7, 7].map((amount) => watch.isCutOff("a", amount, 10));
  expect(verdicts).toEqual([false, false, true, true, true, false, false]);
});

it("starts anew after a complete download, and counts each download by itself", () => {
  const watch = new ShortageWatch();
  for (const amount of [9, 9, 9, 10]) watch.isCutOff("a", amount, 10);
  expect(watch.isCutOff("a", 9, 10)).toBe(true);
  expect(watch.isCutOff("b", 10, 10)).toBe(false);
  expect(watch.isCutOff("b", 9, 10)).toBe(true);
});

it("forgets the oldest rather than growing without end", () => {
  const watch = new ShortageWatch();
  for (const attempt of [1, 2, 3]) expect(watch.isCutOff("first", attempt, 10)).toBe(true);
  for (let index = 0; index < 1000; index += 1) watch.isCutOff(`other-${index}`, 0, 10);
  expect(watch.isCutOff("first", 9, 10)).toBe(true);
});
