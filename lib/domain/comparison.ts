import * as z from "zod/mini";
import { comparisonFilterSchema, comparisonGroupings } from "./comparison-filter.ts";
import {
  boxFiguresSchema,
  curvePointSchema,
  curveQuantileSchema,
  deliveredBySchema,
  deliveredWithinSchema,
  distributionSchema,
  heatMapCellSchema,
  histogramSchema,
  logRankSchema,
  pairwiseComparisonSchema,
  restrictedMeanSchema,
} from "./comparison-figures.ts";
import { estimateCoverageSchema } from "./end-estimate.ts";
import { laneParametersSchema } from "./lane-parameters.ts";
import { jobOrigins } from "./job-values.ts";
import { providerIds } from "./provider-id.ts";

const whole = z.int();

/** Seconds of each stage by the provider's clock, over the ended jobs where it is known; null without any. */
const stagesSchema = z.object({
  /** Created → started. */
  waiting: z.nullable(distributionSchema),
  /** Started → finalizing, or → ended where there is no such stage. */
  running: z.nullable(distributionSchema),
  /** Finalizing → ended. */
  finalizing: z.nullable(distributionSchema),
  /** Ended by the provider's clock → seen to have ended, by ours. Not part of the turnaround. */
  detectionLag: z.nullable(distributionSchema),
});
export type ComparisonStages = z.infer<typeof stagesSchema>;

/** What of the launch differs between the groups, so that a biased comparison is visible. */
const balanceSchema = z.object({
  /** Of jobs whose provider told a creation time; null without any. */
  firstLaunchedAt: z.nullable(z.coerce.date()),
  lastLaunchedAt: z.nullable(z.coerce.date()),
  /** Jobs by the hour of day of their launch, UTC: 24 numbers. */
  launchesByHour: z.array(whole),
  /** Jobs by number of requests, in the order of `jobSizes`. */
  jobsBySize: z.array(whole),
  /** Share of ended jobs that were not delivered, those cancelled on demand not counted; null without any. */
  notDeliveredShare: z.nullable(z.number()),
});

/** What the lanes of a group ask for beside the model; a long system prompt is cut and ends in "…". */
const laneSettingsSchema = z.object({ maxOutputTokens: whole, parameters: laneParametersSchema });
export type LaneSettings = z.infer<typeof laneSettingsSchema>;

export const comparisonGroupSchema = z.object({
  /** Tells the groups of one comparison apart: "openai", or "openai gpt-4o-mini". */
  key: z.string(),
  provider: z.enum(providerIds),
  /** What the group shares beside its provider: a model, model and settings, task, job size, hour ("0"–"23") or weekday ("1" Monday–"7"). */
  value: z.nullable(z.string()),
  /** Of groups by settings; null for all others, and for jobs without a lane. */
  settings: z.nullable(laneSettingsSchema),
  jobCount: whole,
  /** Ended with results: succeeded jobs, partial ones included. */
  deliveredCount: whole,
  partialCount: whole,
  /** Ended without delivery: failed, expired, timed out. Competing outcomes. */
  notDeliveredCount: whole,
  /** Cancelled on demand: censored at their end. */
  cancelledCount: whole,
  /** Still open: censored at their present age. */
  unfinishedCount: whole,
  /** Not in the curve: the provider gave no creation time, or no end time and we did not see when it ended. */
  excludedCount: whole,
  /** Ended without an end time of the provider: known to lie between two of our checks, carried as an interval. */
  intervalCount: whole,
  /** Share delivered. Starts at (0, 0); ends at the greatest known age. */
  curve: z.array(curvePointSchema),
  /** Share ended in any way (1 − Kaplan–Meier). Starts at (0, 0). */
  endedCurve: z.array(curvePointSchema),
  /** Ages in seconds at which open or cancelled jobs leave the curve, at most 500. */
  censoredAtSeconds: z.array(z.number()),
  /** Of the delivered curve: median, p75, p90, p95, p99. */
  quantiles: z.array(curveQuantileSchema),
  /** Of the ended curve, the same shares. */
  endedQuantiles: z.array(curveQuantileSchema),
  /** Quantiles of the finished deliveries alone; they leave out what is still open. The same shares. */
  deliveredQuantiles: z.array(z.object({ share: z.number(), seconds: z.nullable(z.number()) })),
  /** To the common horizon of the comparison; null when this group was not watched that far. */
  restrictedMean: z.nullable(restrictedMeanSchema),
  /** By 1 h, 6 h and 24 h. */
  deliveredBy: z.array(deliveredBySchema),
  deliveredWithin: z.array(deliveredWithinSchema),
  /** Turnaround of delivered jobs in seconds, in the bins that all groups share. */
  histogram: histogramSchema,
  box: z.nullable(boxFiguresSchema),
  stages: stagesSchema,
  throughput: z.object({
    /** Requests of delivered jobs per minute of turnaround. */
    requestsPerMinute: z.nullable(distributionSchema),
    tokensPerMinute: z.nullable(distributionSchema),
  }),
  balance: balanceSchema,
  /** How well the estimated ends of this group's jobs held; null while none was judged. */
  estimateCoverage: z.nullable(estimateCoverageSchema),
  /** Number of jobs still under observation at the times of `Comparison.atRiskSeconds`. */
  atRisk: z.array(whole),
});
export type ComparisonGroup = z.infer<typeof comparisonGroupSchema>;

/** Turnaround of the chosen jobs. Simulated and real jobs are never in one comparison. */
export const comparisonSchema = z.object({
  isSimulated: z.boolean(),
  /** Both kinds exist: the page says which one is shown. */
  hasOtherKind: z.boolean(),
  computedAt: z.coerce.date(),
  filter: comparisonFilterSchema,
  groupBy: z.enum(comparisonGroupings),
  /** By provider, then by value. */
  groups: z.array(comparisonGroupSchema),
  /** More groups than can be shown exist; these have the most jobs. */
  hiddenGroupCount: whole,
  /**
   * How fine the durations are: "second" rounds to whole seconds, "exact" keeps what the provider gave, "bin" is exact
   * to about 6 % (large histories by hour or weekday).
   */
  precision: z.enum(["exact", "second", "bin"]),
  atRiskSeconds: z.array(z.number()),
  /** Horizon of all restricted means: the longest time to which every group was watched, at most 24 h; null without. */
  horizonSeconds: z.nullable(z.number()),
  /** Null with fewer than two groups that have deliveries. In paired comparisons stratified by wave. */
  logRank: z.nullable(logRankSchema),
  /** Every pair of groups with deliveries; empty with more than 12 groups. */
  pairwise: z.array(pairwiseComparisonSchema),
  /** What the pairing left; null when it was not asked for. */
  pairing: z.nullable(
    z.object({ waveMinutes: whole, waveCount: whole, jobCount: whole, leftOutCount: whole }),
  ),
  jobSets: z.array(z.object({ id: z.string(), name: z.string(), seed: whole })),
  models: z.array(z.string()),
  /** The origins that jobs of this kind have. */
  origins: z.array(z.enum(jobOrigins)),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** The jobs of a comparison by hour and weekday of launch, UTC; cells without a job are left out. */
export const heatMapsSchema = z.array(
  z.object({ provider: z.enum(providerIds), cells: z.array(heatMapCellSchema) }),
);
export type HeatMaps = z.infer<typeof heatMapsSchema>;
