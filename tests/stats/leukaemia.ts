import type { SurvivalRecord } from "#lib/stats/survival.ts";

/** Reads durations as they are printed in textbooks: "13+" is censored at 13. */
export function survivalRecords(printed: string): SurvivalRecord[] {
  return printed.split(",").map((value) => ({
    durationSeconds: Number.parseFloat(value),
    outcome: value.endsWith("+") ? "censored" : "event",
  }));
}

/** Acute myelogenous leukaemia, weeks of remission with maintenance (Miller, 1981); `aml` in R's survival package. */
export const maintained = survivalRecords("9,13,13+,18,23,28+,31,34,45+,48,161+");

/** The same trial without maintenance. */
export const nonmaintained = survivalRecords("5,5,8,8,12,16+,23,27,30,33,43,45");

/** Weeks of remission under 6-mercaptopurine (Freireich et al., 1963). */
export const mercaptopurine = survivalRecords(
  "6,6,6,6+,7,9+,10,10+,11+,13,16,17+,19+,20+,22,23,25+,32+,32+,34+,35+",
);

/** The placebo group of the same trial. */
export const placebo = survivalRecords("1,1,2,2,3,4,4,5,5,8,8,8,8,11,11,12,12,15,17,22,23");
