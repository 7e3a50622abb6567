import { describe, expect, it } from "vitest";
import { quantileTable } from "#components/charts/quantile-rows.ts";
import { withinTable } from "#components/charts/within-rows.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { chartGroups, comparisonGroup, openGroup } from "./comparison-group.ts";

const mean = (standardErrorSeconds: number) => ({
  horizonSeconds: 86_400,
  seconds: 600,
  standardErrorSeconds,
  lowerSeconds: 500,
  upperSeconds: 700,
});

const meanOf = (group: ComparisonGroup) =>
  quantileTable(chartGroups(group), "delivered", 86_400).rows[0]?.cells.at(-1);

describe("the table of percentiles", () => {
  it("ends with the mean up to the horizon that all groups share", () => {
    const group = comparisonGroup({ restrictedMean: mean(50) });
    const { columns } = quantileTable(chartGroups(group), "delivered", 86_400);
    expect(columns.at(-1)?.label).toBe("Mean, up to 24 h");
    expect(meanOf(group)).toEqual({ text: "10 min", remark: "8 min 20 s – 11 min 40 s" });
  });

  it("does not call a mean certain that rests on one time, nor give one without a delivery", () => {
    expect(meanOf(comparisonGroup({ restrictedMean: mean(0) }))?.remark).toBe("too few jobs for an interval");
    expect(meanOf(comparisonGroup({ restrictedMean: mean(0), deliveredCount: 0 }))?.text).toBe("—");
  });

  it("has no mean when jobs are asked for that end in any way", () => {
    const group = comparisonGroup({ restrictedMean: mean(50), endedQuantiles: comparisonGroup().quantiles });
    const { columns } = quantileTable(chartGroups(group), "ended", 86_400);
    expect(columns.at(-1)?.label).toBe("p99");
  });
});

describe("the table of shares within a time", () => {
  it("keeps apart what the curve says and what was counted, and what is not known yet", () => {
    const group = openGroup({
      deliveredBy: [
        { withinSeconds: 3_600, share: 0.2, lower: 0.01, upper: 0.6, atLeastShare: null },
        { withinSeconds: 86_400, share: null, lower: null, upper: null, atLeastShare: 0.2 },
      ],
      deliveredWithin: [
        {
          withinSeconds: 3_600,
          deliveredCount: 1,
          watchedCount: 2,
          leftOutCount: 3,
          share: 0.5,
          lower: 0.09,
          upper: 0.91,
        },
      ],
    });
    const table = withinTable(chartGroups(group));
    expect(table.columns.map(({ label }) => label)).toContain("Within 24 h");
    expect(table.rows[0]?.cells).toEqual([
      { text: "20 %", remark: "1 % – 60 %" },
      { text: "not known yet", remark: "at least 20 %", isMuted: true },
      { text: "1 of 2", remark: "9 % – 91 %" },
    ]);
  });
});
