import { describe, expect, it } from "vitest";
import { focusOf, type CompareDisplay } from "#components/charts/compare-display.ts";
import { parseFocus, roundFocus } from "#components/charts/focus-range.ts";
import { momentOfInput, momentToInput } from "#components/charts/moment-input.ts";
import { heatPercent, heatRange } from "#components/charts/heat-scale.ts";

const display: CompareDisplay = {
  question: "delivered",
  time: "log",
  bins: "log",
  measure: "requests",
  shown: null,
  tables: [],
  focusFrom: null,
  focusTo: null,
};

describe("the time range that the charts show", () => {
  it("is all of it until both ends make sense", () => {
    expect(focusOf(display)).toBeNull();
    expect(focusOf({ ...display, focusFrom: 10 })).toBeNull();
    expect(focusOf({ ...display, focusFrom: 10, focusTo: 5 })).toBeNull();
    expect(focusOf({ ...display, focusFrom: -1, focusTo: 5 })).toBeNull();
    expect(focusOf({ ...display, focusTo: 60 })).toEqual({ from: 0, to: 60 });
  });

  it("is read from two fields, of which the first may be empty", () => {
    expect(parseFocus("", "60")).toEqual({ from: 0, to: 60 });
    expect(parseFocus("1.5", "60")).toEqual({ from: 1.5, to: 60 });
    expect(parseFocus("60", "1.5")).toBeNull();
    expect(parseFocus("10", "")).toBeNull();
    expect(parseFocus("a", "b")).toBeNull();
  });

  it("is rounded after a drag, but never to nothing", () => {
    expect(roundFocus({ from: 12.34567, to: 4_321.9 })).toEqual({ from: 12.3, to: 4_322 });
    expect(roundFocus({ from: 5_000.1, to: 5_000.2 })).toEqual({ from: 5_000.1, to: 5_000.2 });
  });
});

describe("a moment in a form field", () => {
  it("is written and read in UTC", () => {
    const moment = new Date("2026-11-22T14:05:00Z");
    expect(momentToInput(moment, "utc")).toBe("2026-11-22T14:05");
    expect(momentOfInput("2026-11-22T14:05", "utc")).toEqual(moment);
  });

  it("comes back as it was in the zone of the browser", () => {
    const moment = new Date("2026-07-01T03:30:00Z");
    expect(momentOfInput(momentToInput(moment, "local"), "local")).toEqual(moment);
  });

  it("is none while the field is empty or incomplete", () => {
    expect(momentToInput(null, "utc")).toBe("");
    expect(momentOfInput("", "utc")).toBeNull();
    expect(momentOfInput("2026-13-45T99:99", "utc")).toBeNull();
  });
});

describe("the shade of an hour", () => {
  const cell = (medianSeconds: number | null) => ({
    weekday: 1,
    hour: 1,
    jobCount: 1,
    deliveredCount: 1,
    medianSeconds,
  });
  const maps = [
    { provider: "openai" as const, cells: [cell(10), cell(null)] },
    { provider: "google" as const, cells: [cell(1_000)] },
  ];

  it("grows by ratio of time, alike for all providers", () => {
    const range = heatRange(maps);
    expect([10, 100, 1_000].map((seconds) => heatPercent(seconds, range))).toEqual([12, 56, 100]);
  });

  it("survives hours without any delivery, and only one of them", () => {
    expect(heatRange([{ provider: "openai", cells: [cell(null)] }])).toBeNull();
    const range = heatRange([{ provider: "openai", cells: [cell(0)] }]);
    expect(heatPercent(0, range)).toBe(12);
  });
});
