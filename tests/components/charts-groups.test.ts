import { describe, expect, it } from "vitest";
import { chartGroupsOf, shownKeysOf } from "#components/charts/chart-groups.ts";
import { groupMark, providerMarks } from "#components/charts/group-marks.ts";
import { chartGroups, comparisonGroup } from "./comparison-group.ts";

const modelGroup = (provider: "openai" | "google", model: string, jobCount = 4) =>
  comparisonGroup({ key: `${provider} ${model}`, provider, value: model, jobCount });

describe("the groups of a comparison", () => {
  it("are named by provider and value", () => {
    const labelOf = (groupBy: "model" | "hour" | "weekday" | "size", value: string) =>
      chartGroupsOf({ groupBy, groups: [modelGroup("openai", value)] })[0]?.label;
    expect(labelOf("model", "gpt-4o-mini")).toBe("OpenAI, gpt-4o-mini");
    expect(labelOf("hour", "9")).toBe("OpenAI, 09:00 UTC");
    expect(labelOf("weekday", "1")).toBe("OpenAI, Monday");
    expect(labelOf("size", "101-1000")).toBe("OpenAI, 101–1,000 requests");
    expect(labelOf("size", "unknown")).toBe("OpenAI, unknown size");
  });

  it("bear their provider's own mark while each provider has one group", () => {
    const groups = chartGroups(comparisonGroup(), comparisonGroup({ provider: "google" }));
    expect(groups.map(({ mark }) => mark)).toEqual([providerMarks.openai, providerMarks.google]);
  });

  it("differ in their marks where many share a provider, and keep its hue", () => {
    const marks = Array.from({ length: 24 }, (_, index) => groupMark("anthropic", index));
    expect(new Set(marks.map((mark) => JSON.stringify(mark))).size).toBe(24);
    expect(marks.every(({ color }) => color.includes("--provider-anthropic"))).toBe(true);
  });

  it("are at most eight at first, those with the most jobs", () => {
    const groups = chartGroupsOf({
      groupBy: "model",
      groups: Array.from({ length: 12 }, (_, index) => modelGroup("openai", `m${index}`, index + 1)),
    });
    const shown = shownKeysOf(groups, null);
    expect([...shown].toSorted()).toEqual(
      groups
        .slice(4)
        .map(({ key }) => key)
        .toSorted(),
    );
  });

  it("are those that the address names, as far as they can be drawn", () => {
    const groups = chartGroups(comparisonGroup(), comparisonGroup({ provider: "google", excludedCount: 4 }));
    expect([...shownKeysOf(groups, ["openai", "google", "gone"])]).toEqual(["openai"]);
    expect([...shownKeysOf(groups, [])]).toEqual([]);
  });
});
