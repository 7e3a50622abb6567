import { expect, it } from "vitest";
import { ShortageWatch } from "#lib/providers/shortage-watch.ts";

function verdictsOn(amounts: number[]): boolean[] {
  const watch = new ShortageWatch();
  return amounts.map((amount) => watch.isCutOff("a", amount, 10));
}

it("takes too little for cut off until the most that came has come four times", () => {
  expect(verdictsOn([9, 9, 9, 9])).toEqual([true, true, true, false]);
  expect(verdictsOn([9, 2, 9, 5, 9, 9])).toEqual([true, true, true, true, true, false]);
});

it("never takes for all there is what ends somewhere else each time", () => {
  expect(verdictsOn([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5])).not.toContain(false);
});

it("after twelve downloads, each of which ended somewhere else, takes nearly the most for all there is", () => {
  const watch = new ShortageWatch();
  const amounts = [10, 20, 30, 40, 50, 60, 11, 21, 31, 41, 51, 61, 20, 54, 55, 62];
  const passed = amounts.filter((amount) => !watch.isCutOff("a", amount, 100));
  expect(passed).toEqual([55, 62]);
});

it("lets what it has once let through pass at once, but neither less nor, at first, more", () => {
  expect(verdictsOn([8, 8, 8, 8, 8, 7, 8, 9, 9, 9, 9]).slice(4)).toEqual([
    false,
    true,
    false,
    true,
    true,
    true,
    false,
  ]);
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
  for (const _ of [1, 2, 3]) expect(watch.isCutOff("first", 9, 10)).toBe(true);
  for (let index = 0; index < 1000; index += 1) watch.isCutOff(`other-${index}`, 0, 10);
  expect(watch.isCutOff("first", 9, 10)).toBe(true);
});
