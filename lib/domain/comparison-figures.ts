import * as z from "zod/mini";

const seconds = z.number();
const share = z.number();
const whole = z.int();

/** A quantile of a curve, over all jobs, finished or not. */
export const curveQuantileSchema = z.object({
  /** 0.5 for the median. */
  share,
  /** Null when the curve has not reached this share. */
  seconds: z.nullable(seconds),
  lowerSeconds: z.nullable(seconds),
  upperSeconds: z.nullable(seconds),
  /** When `seconds` is null: at least this long. */
  atLeastSeconds: z.nullable(seconds),
});
export type ComparisonQuantile = z.infer<typeof curveQuantileSchema>;

/** A step of a rising share with its 95 % band: it holds from `seconds` until the next step. */
export const curvePointSchema = z.object({ seconds, share, lower: share, upper: share });
export type ComparisonCurvePoint = z.infer<typeof curvePointSchema>;

/** Mean time to delivery, jobs counted up to the horizon: a job that is not delivered by then counts with the horizon. */
export const restrictedMeanSchema = z.object({
  horizonSeconds: seconds,
  seconds,
  standardErrorSeconds: seconds,
  lowerSeconds: seconds,
  upperSeconds: seconds,
});
export type RestrictedMean = z.infer<typeof restrictedMeanSchema>;

/** Share of all jobs delivered by a time, read from the curve. Null where no job was watched for so long. */
export const deliveredBySchema = z.object({
  withinSeconds: seconds,
  share: z.nullable(share),
  lower: z.nullable(share),
  upper: z.nullable(share),
  /** While `share` is null: at least this share. */
  atLeastShare: z.nullable(share),
});
export type DeliveredBy = z.infer<typeof deliveredBySchema>;

/**
 * Plain count of jobs delivered within a time, with Wilson's interval. Jobs that are younger than that and still open,
 * and jobs cancelled before, are not in `watchedCount`.
 */
export const deliveredWithinSchema = z.object({
  withinSeconds: seconds,
  deliveredCount: whole,
  watchedCount: whole,
  /** Left out of the share: still open and younger, or cancelled before. */
  leftOutCount: whole,
  /** Null when no job was watched for so long. */
  share: z.nullable(share),
  lower: z.nullable(share),
  upper: z.nullable(share),
});
export type DeliveredWithin = z.infer<typeof deliveredWithinSchema>;

/** Counts values v with from ≤ v < to; the last bin holds its upper end too. */
export const histogramBinSchema = z.object({ from: z.number(), to: z.number(), count: whole });
export type HistogramBin = z.infer<typeof histogramBinSchema>;

export const histogramSchema = z.object({
  linear: z.array(histogramBinSchema),
  logarithmic: z.array(histogramBinSchema),
});
export type Histogram = z.infer<typeof histogramSchema>;

/** Tukey's box: whiskers reach the farthest values within 1.5 interquartile ranges of the box. */
export const boxFiguresSchema = z.object({
  count: whole,
  minimum: z.number(),
  lowerWhisker: z.number(),
  lowerQuartile: z.number(),
  median: z.number(),
  upperQuartile: z.number(),
  upperWhisker: z.number(),
  maximum: z.number(),
  outlierCount: whole,
});
export type BoxFigures = z.infer<typeof boxFiguresSchema>;

/** A description of plain values, such as the seconds of one stage, over the jobs where it is known. */
export const distributionSchema = z.extend(boxFiguresSchema, {
  mean: z.number(),
  ninetiethPercentile: z.number(),
});
export type Distribution = z.infer<typeof distributionSchema>;

/** Equality of all distributions of the time to delivery, by the log-rank test. */
export const logRankSchema = z.object({
  chiSquare: z.number(),
  degreesOfFreedom: whole,
  pValue: z.number(),
});
export type LogRank = z.infer<typeof logRankSchema>;

/** Two groups beside each other. `adjustedPValue` is Holm's over all pairs. */
export const pairwiseComparisonSchema = z.object({
  keys: z.tuple([z.string(), z.string()]),
  /** Median of the second divided by that of the first; null unless both are known. */
  medianRatio: z.nullable(z.number()),
  chiSquare: z.nullable(z.number()),
  pValue: z.nullable(z.number()),
  adjustedPValue: z.nullable(z.number()),
});
export type PairwiseComparison = z.infer<typeof pairwiseComparisonSchema>;

/** One hour of one weekday of launch, UTC. */
export const heatMapCellSchema = z.object({
  /** 1 Monday to 7 Sunday. */
  weekday: whole.check(z.minimum(1), z.maximum(7)),
  hour: whole.check(z.minimum(0), z.maximum(23)),
  jobCount: whole,
  deliveredCount: whole,
  /** Of the delivered jobs; null without any. */
  medianSeconds: z.nullable(seconds),
});
export type HeatMapCell = z.infer<typeof heatMapCellSchema>;
