import { formatNumber, formatPercent } from "#components/format.ts";
import type { ComparisonGrouping } from "#lib/domain/comparison-filter.ts";
import { jobSizes } from "#lib/domain/job-size.ts";
import type { ChartCsv } from "./chart-csv.ts";
import { jobSizeLabel, type ChartGroup } from "./chart-groups.ts";
import { emptyCell, type ChartTable } from "./chart-table.ts";

/** Below this overlap of two spreads of launches the groups met different circumstances. */
const leastOverlap = 0.7;
const mostShareDifference = 0.1;

type Trait = {
  name: string;
  countsOf: (group: ChartGroup) => readonly number[];
  /** A grouping by this very trait differs in it on purpose. */
  ofGrouping: ComparisonGrouping;
};

const traits: Trait[] = [
  {
    name: "at different hours of the day",
    countsOf: ({ group }) => group.balance.launchesByHour,
    ofGrouping: "hour",
  },
  { name: "in different sizes", countsOf: ({ group }) => group.balance.jobsBySize, ofGrouping: "size" },
];

/**
 * What of the launches could make the comparison unfair, in sentences; empty when nothing stands out. Compares each
 * group with the one that is least like it.
 */
export function balanceFindings(groups: readonly ChartGroup[], groupBy: ComparisonGrouping): string[] {
  const findings = traits
    .filter(({ ofGrouping }) => ofGrouping !== groupBy)
    .flatMap(({ name, countsOf }) => {
      const pair = leastAlike(groups, countsOf);
      if (!pair || pair.overlap >= leastOverlap) return [];
      return `${pair.first.label} and ${pair.second.label} were launched ${name}: only ${formatPercent(pair.overlap)} of their jobs match. A difference may come from that.`;
    });
  const ended = groups.flatMap((chartGroup) => {
    const share = chartGroup.group.balance.notDeliveredShare;
    return share === null ? [] : [{ chartGroup, share }];
  });
  const [least, most] = [ended.toSorted(byShare)[0], ended.toSorted(byShare).at(-1)];
  if (least && most && most.share - least.share > mostShareDifference) {
    findings.push(
      `${formatPercent(most.share)} of ${most.chartGroup.label}'s jobs ended without delivery, but ${formatPercent(least.share)} of ${least.chartGroup.label}'s: compare the shares delivered, not only the times of what was delivered.`,
    );
  }
  return findings;
}

function byShare(left: { share: number }, right: { share: number }): number {
  return left.share - right.share;
}

function leastAlike(
  groups: readonly ChartGroup[],
  countsOf: Trait["countsOf"],
): { first: ChartGroup; second: ChartGroup; overlap: number } | null {
  let worst: { first: ChartGroup; second: ChartGroup; overlap: number } | null = null;
  for (const [index, first] of groups.entries()) {
    for (const second of groups.slice(index + 1)) {
      const overlap = overlapOf(countsOf(first), countsOf(second));
      if (overlap !== null && overlap < (worst?.overlap ?? Infinity)) worst = { first, second, overlap };
    }
  }
  return worst;
}

/** Share that two spreads have in common: 1 when they are alike, 0 when they never meet; null without any job. */
export function overlapOf(first: readonly number[], second: readonly number[]): number | null {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const [firstTotal, secondTotal] = [sum(first), sum(second)];
  if (firstTotal === 0 || secondTotal === 0) return null;
  return first.reduce(
    (overlap, count, index) => overlap + Math.min(count / firstTotal, (second[index] ?? 0) / secondTotal),
    0,
  );
}

/** Launches by hour of day, and sizes, as shares of each group's jobs. */
export function balanceTable(groups: readonly ChartGroup[]): ChartTable {
  const sizes = jobSizes
    .map((size, index) => ({ size, index }))
    .filter(({ index }) => groups.some(({ group }) => (group.balance.jobsBySize[index] ?? 0) > 0));
  return {
    caption: "Launches of each group: hours, sizes and failures",
    columns: [
      { label: "Group" },
      ...sizes.map(({ size }) => ({ label: jobSizeLabel(size) })),
      { label: "Ended without delivery" },
      ...Array.from({ length: 24 }, (_, hour) => ({ label: `${String(hour).padStart(2, "0")} h` })),
    ],
    rows: groups.map(({ key, label, mark, group: { balance } }) => ({
      key,
      name: label,
      mark,
      cells: [
        ...sizes.map(({ index }) => ({ text: formatNumber(balance.jobsBySize[index] ?? 0) })),
        balance.notDeliveredShare === null ? emptyCell : { text: formatPercent(balance.notDeliveredShare) },
        ...balance.launchesByHour.map((count) => ({ text: formatNumber(count), isMuted: count === 0 })),
      ],
    })),
  };
}

export function balanceCsv(groups: readonly ChartGroup[]): ChartCsv {
  return {
    header: ["group", "trait", "value", "jobs"],
    rows: groups.flatMap(({ label, group: { balance } }) => [
      ...balance.launchesByHour.map((count, hour) => [label, "launch_hour_utc", hour, count]),
      ...jobSizes.map((size, index) => [label, "requests", size, balance.jobsBySize[index] ?? 0]),
    ]),
  };
}
