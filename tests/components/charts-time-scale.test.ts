import { describe, expect, it } from "vitest";
import { createTimeScale, formatTick } from "#components/charts/time-scale.ts";

const linear = (longestSeconds: number, widthPixels = 800) =>
  createTimeScale({ kind: "linear", shortest: 1, longest: longestSeconds, widthPixels });
const log = (shortestSeconds: number, longestSeconds: number, widthPixels = 800) =>
  createTimeScale({ kind: "log", shortest: shortestSeconds, longest: longestSeconds, widthPixels });

describe("the time axis", () => {
  it("starts at zero and has ticks at round times when it is linear", () => {
    const scale = linear(3_500);
    expect(scale.toPixels(0)).toBe(0);
    expect(scale.ticks.map(formatTick)).toEqual(
      ["0", "10 min", "20 min", "30 min", "40 min", "50 min"].slice(0, scale.ticks.length),
    );
    expect(scale.ticks.length).toBeGreaterThan(3);
  });

  it("ends a little behind the longest time, so that the last step is seen", () => {
    expect(linear(100).toPixels(100)).toBeLessThan(800);
    expect(log(1, 100).toPixels(100)).toBeLessThan(800);
  });

  it("gives equal ratios equal room when it is logarithmic", () => {
    const scale = log(1, 10_000);
    expect(scale.toPixels(100) - scale.toPixels(10)).toBeCloseTo(
      scale.toPixels(1_000) - scale.toPixels(100),
      6,
    );
  });

  it("puts times below a logarithmic axis on its edge, zero included", () => {
    expect(log(60, 7_200).toPixels(0)).toBe(0);
    expect(log(60, 7_200).toPixels(1)).toBe(0);
  });

  it("still has several ticks on a short logarithmic axis", () => {
    expect(log(0.6, 2).ticks.length).toBeGreaterThanOrEqual(4);
  });

  it("keeps its round ticks on a narrow logarithmic axis, however few fit", () => {
    expect(log(15, 172_800, 180).ticks.map(formatTick)).toEqual(["10 s", "10 min", "6 h"]);
  });

  it.each([320, 800, 1_400])("keeps ticks of a width of %i pixels apart", (widthPixels) => {
    for (const scale of [linear(86_400, widthPixels), log(3, 86_400, widthPixels), log(1, 5, widthPixels)]) {
      const gaps = scale.ticks
        .slice(1)
        .map((tick, index) => scale.toPixels(tick) - scale.toPixels(scale.ticks[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60);
    }
  });

  it.each(["linear", "log"] as const)("reads a %s position back into its time", (kind) => {
    const scale = createTimeScale({ kind, shortest: 2, longest: 900, widthPixels: 640 });
    expect(scale.toValue(scale.toPixels(300))).toBeCloseTo(300, 6);
  });

  it("survives a comparison without any known time", () => {
    expect(linear(0).ticks.length).toBeGreaterThan(1);
    expect(log(0, 0).toPixels(0)).toBe(0);
  });

  it.each(["linear", "log"] as const)("shows just the focused stretch on a %s axis", (kind) => {
    const focus = { from: 60, to: 600 };
    const scale = createTimeScale({ kind, shortest: 1, longest: 86_400, widthPixels: 800, focus });
    expect([scale.toPixels(60), scale.toPixels(600)]).toEqual([0, 800]);
    expect(scale.toPixels(30)).toBeLessThan(0);
    expect(scale.toPixels(900)).toBeGreaterThan(800);
    expect(scale.toPixels(0)).toBeGreaterThanOrEqual(-800);
    expect(scale.ticks.length).toBeGreaterThan(2);
    expect(scale.ticks.every((tick) => tick >= 60 && tick <= 600)).toBe(true);
  });

  it("writes each tick in one unit where that is short", () => {
    expect([370, 4_000].map(formatTick)).toEqual(["6 min 10 s", "1 h 6.67 min"]);
    expect([0, 0.5, 30, 90, 5_400, 172_800].map(formatTick)).toEqual([
      "0",
      "0.5 s",
      "30 s",
      "1.5 min",
      "1.5 h",
      "2 d",
    ]);
  });
});
