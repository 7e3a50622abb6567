import { countedQuantiles } from "./counted-values.ts";
import type { CountedValues } from "./counted-values.ts";

/** What a box plot draws, in the unit of the values. */
export type BoxFigures = {
  count: number;
  minimum: number;
  /** The least value that is not farther than 1.5 interquartile ranges below the box. */
  lowerWhisker: number;
  lowerQuartile: number;
  median: number;
  upperQuartile: number;
  upperWhisker: number;
  maximum: number;
  /** Values beyond the whiskers. */
  outlierCount: number;
};

/**
 * Tukey's box figures with type 7 quartiles; null without values.
 * Source: McGill, Tukey & Larsen, Variations of Box Plots, The American Statistician 32 (1978).
 */
export function boxFigures(counted: CountedValues): BoxFigures | null {
  const { values, counts, total } = counted;
  const [lowerQuartile, median, upperQuartile] = countedQuantiles(counted, [0.25, 0.5, 0.75]);
  const minimum = values[0];
  const maximum = values.at(-1);
  if (
    minimum === undefined ||
    maximum === undefined ||
    typeof lowerQuartile !== "number" ||
    typeof median !== "number" ||
    typeof upperQuartile !== "number"
  ) {
    return null;
  }
  const reach = 1.5 * (upperQuartile - lowerQuartile);
  const isInside = (value: number) => value >= lowerQuartile - reach && value <= upperQuartile + reach;
  const inside = values.filter(isInside);
  return {
    count: total,
    minimum,
    lowerWhisker: inside[0] ?? minimum,
    lowerQuartile,
    median,
    upperQuartile,
    upperWhisker: inside.at(-1) ?? maximum,
    maximum,
    outlierCount: counts.reduce((sum, count, index) => sum + (isInside(values[index] ?? 0) ? 0 : count), 0),
  };
}
