import { describe, expect, it } from "vitest";
import { balanceFindings, overlapOf } from "#components/charts/balance.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { chartGroups, comparisonGroup } from "./comparison-group.ts";

const hours = (...busy: number[]) => Array.from({ length: 24 }, (_, hour) => (busy.includes(hour) ? 5 : 0));

function groupOf(
  provider: ComparisonGroup["provider"],
  balance: Partial<ComparisonGroup["balance"]>,
): ComparisonGroup {
  const { balance: usual } = comparisonGroup();
  return comparisonGroup({
    provider,
    balance: { ...usual, launchesByHour: hours(9), jobsBySize: [10, 0], notDeliveredShare: 0.02, ...balance },
  });
}

const findings = (...groups: ComparisonGroup[]) => balanceFindings(chartGroups(...groups), "provider");

describe("the balance of a comparison", () => {
  it("has nothing to say when all groups were launched alike", () => {
    expect(findings(groupOf("openai", {}), groupOf("google", { notDeliveredShare: 0.1 }))).toEqual([]);
  });

  it("names the two groups that were launched at different hours", () => {
    const [finding] = findings(
      groupOf("openai", { launchesByHour: hours(9, 10) }),
      groupOf("google", { launchesByHour: hours(9, 10) }),
      groupOf("anthropic", { launchesByHour: hours(10, 22) }),
    );
    expect(finding).toContain("OpenAI and Anthropic were launched at different hours of the day: only 50 %");
  });

  it("does not wonder at hours when the groups are hours", () => {
    const groups = chartGroups(
      groupOf("openai", { launchesByHour: hours(9) }),
      groupOf("google", { launchesByHour: hours(10) }),
    );
    expect(balanceFindings(groups, "hour")).toEqual([]);
  });

  it("names different sizes and failures", () => {
    const found = findings(
      groupOf("openai", { jobsBySize: [10, 0] }),
      groupOf("google", { jobsBySize: [0, 10], notDeliveredShare: 0.4 }),
    );
    expect(found[0]).toContain("in different sizes: only 0 % of their jobs match");
    expect(found[1]).toContain("40 % of Google's jobs ended without delivery, but 2 % of OpenAI's");
  });

  it("measures what two spreads have in common, whatever their numbers", () => {
    expect(overlapOf([1, 1], [50, 50])).toBe(1);
    expect(overlapOf([1, 0], [0, 1])).toBe(0);
    expect(overlapOf([0, 0], [1, 1])).toBeNull();
  });
});
