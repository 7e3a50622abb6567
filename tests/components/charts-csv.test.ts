import { describe, expect, it } from "vitest";
import { balanceCsv } from "#components/charts/balance.ts";
import { writeChartCsv } from "#components/charts/chart-csv.ts";
import { chartGroupsOf } from "#components/charts/chart-groups.ts";
import { curveCsv } from "#components/charts/curve-rows.ts";
import { histogramCsv } from "#components/charts/histogram-rows.ts";
import { heatMapCsv } from "#components/charts/heat-map-rows.ts";
import { chartGroups, comparisonGroup } from "./comparison-group.ts";

describe("a chart as CSV", () => {
  it("has every step of the curves, unrounded", () => {
    const text = writeChartCsv(curveCsv(chartGroups(comparisonGroup()), "delivered"));
    expect(text.split("\r\n").slice(0, 3)).toEqual([
      "group,seconds,share_delivered,lower_95,upper_95",
      "OpenAI,0,0,0,0",
      "OpenAI,10,0.25,0.05,0.6",
    ]);
  });

  it("cannot carry a formula in the name of a model", () => {
    const group = comparisonGroup({ key: "openai =1", value: '=HYPERLINK("x")' });
    const named = chartGroupsOf({ groups: [group], groupBy: "model" }).map((chartGroup) => ({
      ...chartGroup,
      label: chartGroup.shortLabel,
    }));
    const [, line] = writeChartCsv(curveCsv(named, "delivered")).split("\r\n");
    expect(line).toBe(`"'=HYPERLINK(""x"")",0,0,0,0`);
  });

  it("gives bins, hours and launches as they were counted", () => {
    const [group] = chartGroups(
      comparisonGroup({
        histogram: {
          linear: [
            { from: 0, to: 10, count: 1 },
            { from: 10, to: 20, count: 3 },
          ],
          logarithmic: [],
        },
      }),
    );
    if (!group) throw new Error("The comparison has a group.");
    expect(histogramCsv([group], "linear").rows).toEqual([
      ["OpenAI", 0, 10, 1, 0.25],
      ["OpenAI", 10, 20, 3, 0.75],
    ]);
    const cell = { weekday: 1, hour: 23, jobCount: 2, deliveredCount: 0, medianSeconds: null };
    expect(heatMapCsv([{ provider: "google", cells: [cell] }]).rows).toEqual([["Google", 1, 23, 2, 0, null]]);
    expect(balanceCsv([group]).rows[0]).toEqual(["OpenAI", "requests", "1", 0]);
  });
});
