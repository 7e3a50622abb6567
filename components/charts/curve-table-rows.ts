import type { ComparisonCurvePoint } from "#lib/domain/comparison-figures.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { isTailOpen, shareAt } from "./curve-geometry.ts";

export type CurveTableRow = {
  seconds: number;
  /** In the order of the groups; null beyond the last known age of a curve that is not final. */
  cells: (ComparisonCurvePoint | null)[];
};

const mostRows = 60;

/** The times at which any curve rises, at most about 60 of them evenly picked, and what each curve says then. */
export function curveTableRows(groups: readonly ComparisonGroup[]): CurveTableRow[] {
  const rises = groups.flatMap(({ curve }) =>
    curve.filter((point, index) => index > 0 && point.share > (curve[index - 1]?.share ?? 0)),
  );
  const times = [...new Set(rises.map((point) => point.seconds))].toSorted((left, right) => left - right);
  const stride = Math.max(1, Math.ceil(times.length / mostRows));
  const picked = times.filter((_, index) => index % stride === 0 || index === times.length - 1);
  return picked.map((seconds) => ({
    seconds,
    cells: groups.map((group) => {
      const isBeyond = seconds > (group.curve.at(-1)?.seconds ?? 0);
      return isBeyond && isTailOpen(group) ? null : shareAt(group.curve, seconds);
    }),
  }));
}
