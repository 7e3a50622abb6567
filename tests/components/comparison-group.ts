import { comparisonFilterSchema } from "#lib/domain/comparison-filter.ts";
import { chartGroupsOf, type ChartGroup } from "#components/charts/chart-groups.ts";
import type { Comparison, ComparisonGroup } from "#lib/domain/comparison.ts";

const shares = [0.5, 0.75, 0.9, 0.95, 0.99];

/** Four jobs, all delivered: after 10, 20, 30 and 40 seconds. */
export function comparisonGroup(change: Partial<ComparisonGroup> = {}): ComparisonGroup {
  return {
    key: change.provider ?? "openai",
    provider: "openai",
    value: null,
    settings: null,
    jobCount: 4,
    deliveredCount: 4,
    partialCount: 0,
    notDeliveredCount: 0,
    cancelledCount: 0,
    unfinishedCount: 0,
    excludedCount: 0,
    intervalCount: 0,
    curve: [
      { seconds: 0, share: 0, lower: 0, upper: 0 },
      { seconds: 10, share: 0.25, lower: 0.05, upper: 0.6 },
      { seconds: 20, share: 0.5, lower: 0.2, upper: 0.8 },
      { seconds: 30, share: 0.75, lower: 0.4, upper: 0.9 },
      { seconds: 40, share: 1, lower: 0.6, upper: 1 },
    ],
    censoredAtSeconds: [],
    quantiles: shares.map((share) => ({
      share,
      seconds: 130,
      lowerSeconds: 110,
      upperSeconds: 160,
      atLeastSeconds: null,
    })),
    endedCurve: [{ seconds: 0, share: 0, lower: 0, upper: 0 }],
    endedQuantiles: [],
    deliveredQuantiles: [],
    restrictedMean: null,
    deliveredBy: [],
    deliveredWithin: [],
    histogram: { linear: [], logarithmic: [] },
    box: null,
    stages: { waiting: null, running: null, finalizing: null, detectionLag: null },
    throughput: { requestsPerMinute: null, tokensPerMinute: null },
    balance: {
      firstLaunchedAt: null,
      lastLaunchedAt: null,
      launchesByHour: [],
      jobsBySize: [],
      notDeliveredShare: null,
    },
    estimateCoverage: null,
    atRisk: [4, 3],
    ...change,
  };
}

/** Five jobs, of which one was delivered; the oldest of the others is 21,600 seconds old and still open. */
export function openGroup(change: Partial<ComparisonGroup> = {}): ComparisonGroup {
  return comparisonGroup({
    provider: "google",
    jobCount: 5,
    deliveredCount: 1,
    unfinishedCount: 4,
    curve: [
      { seconds: 0, share: 0, lower: 0, upper: 0 },
      { seconds: 60, share: 0.2, lower: 0.01, upper: 0.6 },
      { seconds: 21_600, share: 0.2, lower: 0.01, upper: 0.6 },
    ],
    censoredAtSeconds: [100, 200, 300, 21_600],
    quantiles: shares.map((share) => ({
      share,
      seconds: null,
      lowerSeconds: 60,
      upperSeconds: null,
      atLeastSeconds: 21_600,
    })),
    ...change,
  });
}

export function comparison(change: Partial<Comparison> = {}): Comparison {
  return {
    isSimulated: true,
    hasOtherKind: false,
    computedAt: new Date("2026-11-22T12:00:00Z"),
    groups: [comparisonGroup(), openGroup()],
    filter: comparisonFilterSchema.parse({}),
    groupBy: "provider",
    hiddenGroupCount: 0,
    precision: "exact",
    atRiskSeconds: [0, 10],
    horizonSeconds: null,
    logRank: null,
    pairwise: [],
    pairing: null,
    jobSets: [],
    models: [],
    origins: [],
    ...change,
  };
}

/** The groups as charts take them. */
export function chartGroups(...groups: ComparisonGroup[]): ChartGroup[] {
  return chartGroupsOf({ groups, groupBy: "provider" });
}
