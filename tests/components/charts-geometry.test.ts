import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawCurve, isTailOpen, shareAt, spreadLabels } from "#components/charts/curve-geometry.ts";
import { curveTable } from "#components/charts/curve-rows.ts";
import { chartGroups, comparisonGroup, openGroup } from "./comparison-group.ts";

const projection = {
  x: (seconds: number) => seconds,
  y: (share: number) => 100 - share * 100,
  rightPixels: 500,
};

describe("a curve of the share delivered", () => {
  it("is drawn in steps: the share holds until the next delivery", () => {
    const { line } = drawCurve(comparisonGroup(), projection);
    expect(line).toBe("M0,100 L10,100 L10,75 L20,75 L20,50 L30,50 L30,25 L40,25 L40,0");
  });

  it("has a band that goes up along the upper limits and back along the lower ones", () => {
    const { band } = drawCurve(comparisonGroup(), projection);
    expect(band.startsWith("M0,100 L10,100 L10,40 ")).toBe(true);
    expect(band.endsWith("L10,95 L10,100 L0,100 Z")).toBe(true);
  });

  it("goes on flat to the edge from where it is last known", () => {
    expect(drawCurve(openGroup(), projection).tail).toBe("M21600,80 L500,80");
  });

  it("has an open end only while the oldest known job has not ended", () => {
    expect(isTailOpen(openGroup())).toBe(true);
    expect(isTailOpen(comparisonGroup())).toBe(false);
    expect(isTailOpen(comparisonGroup({ censoredAtSeconds: [15] }))).toBe(false);
  });

  it("has a tick at the age of each job that left observation, on the curve", () => {
    const { censorTicks } = drawCurve(openGroup(), projection);
    expect(censorTicks).toHaveLength(4);
    expect(censorTicks[0]).toEqual({ x: 100, y: 80 });
  });

  it("has one tick for all ages that fall on the same place, so that the line stays in sight", () => {
    const censoredAtSeconds = Array.from({ length: 500 }, (_, index) => 500 - index);
    const { censorTicks } = drawCurve(openGroup({ censoredAtSeconds }), projection);
    expect(censorTicks.length).toBe(100);
    expect(censorTicks[0]).toEqual({ x: 1, y: 100 });
  });

  it("holds the share of the last step before a time", () => {
    const { curve } = comparisonGroup();
    expect([0, 9.9, 10, 35, 1_000].map((seconds) => shareAt(curve, seconds).share)).toEqual([
      0, 0, 0.25, 0.75, 1,
    ]);
    expect(shareAt([], 5).share).toBe(0);
  });
});

describe("labels at the line ends", () => {
  it("keep their order and their distance, inside the plot", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 4 }), (wanted) => {
        const placed = spreadLabels(wanted, { gap: 17, top: 0, bottom: 300 });
        const sorted = placed.toSorted((left, right) => left - right);
        sorted
          .slice(1)
          .forEach((position, index) =>
            expect(position - (sorted[index] ?? 0)).toBeGreaterThanOrEqual(16.99),
          );
        placed.forEach((position) => expect(position >= 0 && position <= 300).toBe(true));
      }),
    );
  });

  it("stay where they are when nothing is in the way", () => {
    expect(spreadLabels([200, 20, 100], { gap: 17, top: 0, bottom: 300 })).toEqual([200, 20, 100]);
  });
});

describe("the curves as a table", () => {
  const tableOf = (...groups: Parameters<typeof chartGroups>) =>
    curveTable(chartGroups(...groups), "delivered");

  it("has a row for each time at which a curve rises", () => {
    const { rows } = tableOf(comparisonGroup(), openGroup());
    expect(rows.map(({ name }) => name)).toEqual(["10 s", "20 s", "30 s", "40 s", "1 min"]);
    expect(rows.at(-1)?.cells.map(({ text }) => text)).toEqual(["100 %", "20 %"]);
  });

  it("says nothing about times beyond the last known age", () => {
    const young = openGroup({
      curve: [
        { seconds: 0, share: 0, lower: 0, upper: 0 },
        { seconds: 15, share: 0, lower: 0, upper: 0 },
      ],
      censoredAtSeconds: [15],
    });
    const { rows } = tableOf(comparisonGroup(), young);
    const beyond = "not known yet";
    expect(rows.map(({ cells }) => cells[1]?.text)).toEqual(["0 %", beyond, beyond, beyond]);
  });

  it("answers the other question from the curve of all ends", () => {
    const group = comparisonGroup({
      endedCurve: [
        { seconds: 5, share: 0, lower: 0, upper: 0 },
        { seconds: 7, share: 1, lower: 1, upper: 1 },
      ],
    });
    expect(curveTable(chartGroups(group), "ended").rows.map(({ name }) => name)).toEqual(["7 s"]);
  });

  it("stays readable with thousands of steps", () => {
    const curve = Array.from({ length: 5_000 }, (_, index) => ({
      seconds: index,
      share: index / 5_000,
      lower: 0,
      upper: 1,
    }));
    expect(tableOf(comparisonGroup({ curve })).rows.length).toBeLessThanOrEqual(61);
  });
});
