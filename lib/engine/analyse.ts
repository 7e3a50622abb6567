import type { AppContext } from "#lib/context.ts";
import { readComparisonChoices, readIsSimulated } from "#lib/db/queries/comparison-choices.ts";
import { listTurnarounds, type TurnaroundCount } from "#lib/db/queries/list-turnarounds.ts";
import type { Comparison, ComparisonFilter, ComparisonGroup } from "#lib/domain/comparison.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { atRiskTable } from "#lib/stats/at-risk-table.ts";
import { estimateCumulativeIncidence, type DeliveryRecord } from "#lib/stats/cumulative-incidence.ts";
import { logRankTest } from "#lib/stats/log-rank.ts";
import { incidenceQuantile } from "#lib/stats/quantiles.ts";
import { curvePoints, roundTimes, thinned } from "./curve-points.ts";

const shares = [0.5, 0.75, 0.9, 0.95, 0.99];
const maximumCensorTicks = 500;

/**
 * How long each provider takes to deliver: cumulative incidence with 95 % bands, failed, expired and timed-out jobs as
 * competing outcomes, open and cancelled jobs as censored. Real and simulated jobs are never in one comparison: the
 * chosen set decides, else real jobs are shown when there are any.
 */
export async function compareTurnaround(context: AppContext, filter: ComparisonFilter): Promise<Comparison> {
  const choices = await readComparisonChoices(context.db);
  const ofSet = filter.jobSetId ? await readIsSimulated(context.db, filter.jobSetId) : null;
  const isSimulated = ofSet ?? choices.realJobCount === 0;
  const now = context.clock.now();
  const counts = await listTurnarounds(context.db, { ...filter, isSimulated }, now);
  const byProvider = providerIds.flatMap((provider) => {
    const own = counts.filter((row) => row.provider === provider);
    return own.length > 0 ? [{ provider, counts: own, records: recordsOf(own) }] : [];
  });
  const lastSeconds = counts.reduce((last, row) => Math.max(last, row.seconds ?? 0), 0);
  const atRiskSeconds = roundTimes(lastSeconds);
  return {
    isSimulated,
    hasOtherKind: (isSimulated ? choices.realJobCount : choices.simulatedJobCount) > 0,
    computedAt: now,
    groups: byProvider.map((group) => describeGroup(group, atRiskSeconds)),
    atRiskSeconds,
    logRank: compareGroups(byProvider),
    jobSets: choices.jobSets
      .filter((set) => set.isSimulated === isSimulated)
      .map(({ id, name }) => ({ id, name })),
    models: choices.models,
    origins: choices.origins.filter((kind) => kind.isSimulated === isSimulated).map(({ origin }) => origin),
  };
}

type Group = { provider: ProviderId; counts: TurnaroundCount[]; records: DeliveryRecord[] };

const deliveryOutcomes = {
  delivered: "delivered",
  not_delivered: "competing",
  cancelled: "censored",
  unfinished: "censored",
} as const;

function recordsOf(counts: TurnaroundCount[]): DeliveryRecord[] {
  return counts.flatMap(({ seconds, outcome, jobCount }) =>
    seconds === null
      ? []
      : [{ durationSeconds: seconds, outcome: deliveryOutcomes[outcome], count: jobCount }],
  );
}

function describeGroup({ provider, counts, records }: Group, atRiskSeconds: number[]): ComparisonGroup {
  const curve = estimateCumulativeIncidence(records);
  const sum = (matches: (row: TurnaroundCount) => boolean) =>
    counts.filter(matches).reduce((total, row) => total + row.jobCount, 0);
  return {
    provider,
    jobCount: sum(() => true),
    deliveredCount: sum((row) => row.outcome === "delivered"),
    partialCount: sum((row) => row.outcome === "delivered" && row.isPartial),
    notDeliveredCount: sum((row) => row.outcome === "not_delivered"),
    cancelledCount: sum((row) => row.outcome === "cancelled"),
    unfinishedCount: sum((row) => row.outcome === "unfinished"),
    excludedCount: sum((row) => row.seconds === null),
    curve: curvePoints(curve),
    censoredAtSeconds: thinned(
      records
        .filter((record) => record.outcome === "censored")
        .map((record) => record.durationSeconds)
        .toSorted((left, right) => left - right),
      maximumCensorTicks,
    ),
    quantiles: shares.map((share) => {
      const { valueSeconds, lowerSeconds, upperSeconds, atLeastSeconds } = incidenceQuantile(curve, share);
      return { share, seconds: valueSeconds, lowerSeconds, upperSeconds, atLeastSeconds };
    }),
    atRisk: atRiskTable(curve, atRiskSeconds).map((row) => row.atRisk),
  };
}

function compareGroups(groups: Group[]): Comparison["logRank"] {
  const withDeliveries = groups.filter((group) =>
    group.records.some((record) => record.outcome === "delivered"),
  );
  if (withDeliveries.length < 2) return null;
  const { chiSquare, degreesOfFreedom, pValue } = logRankTest(
    withDeliveries.map((group) => ({
      name: group.provider,
      records: group.records.map((record) => ({
        ...record,
        outcome: record.outcome === "delivered" ? ("event" as const) : ("censored" as const),
      })),
    })),
  );
  if (chiSquare === null || degreesOfFreedom === null || pValue === null) return null;
  return { chiSquare, degreesOfFreedom, pValue };
}
