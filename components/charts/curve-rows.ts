import { formatDuration, formatPercent } from "#components/format.ts";
import type { ChartCsv } from "./chart-csv.ts";
import type { ChartGroup } from "./chart-groups.ts";
import { curveOf, questionTitles, type ChartQuestion } from "./chart-question.ts";
import { emptyCell, type ChartTable } from "./chart-table.ts";
import { isTailOpen, shareAt } from "./curve-geometry.ts";

const mostRows = 60;

/** The times at which any curve rises, at most about 60 of them evenly picked. */
export function curveTimes(groups: readonly ChartGroup[], question: ChartQuestion): number[] {
  const rises = groups.flatMap(({ group }) => {
    const curve = curveOf(group, question);
    return curve.filter((point, index) => index > 0 && point.share > (curve[index - 1]?.share ?? 0));
  });
  const times = [...new Set(rises.map((point) => point.seconds))].toSorted((left, right) => left - right);
  const stride = Math.max(1, Math.ceil(times.length / mostRows));
  return times.filter((_, index) => index % stride === 0 || index === times.length - 1);
}

/** What each curve says at those times; nothing beyond the last known age of a curve that is not final. */
export function curveTable(groups: readonly ChartGroup[], question: ChartQuestion): ChartTable {
  return {
    caption: `${questionTitles[question]} by a time, with 95 % intervals`,
    columns: [{ label: "Within" }, ...groups.map(({ label }) => ({ label }))],
    rows: curveTimes(groups, question).map((seconds) => ({
      key: String(seconds),
      name: formatDuration(seconds),
      cells: groups.map(({ group }) => {
        const curve = curveOf(group, question);
        const isBeyond = seconds > (curve.at(-1)?.seconds ?? 0);
        if (isBeyond && isTailOpen({ ...group, curve })) return { ...emptyCell, text: "not known yet" };
        const { share, lower, upper } = shareAt(curve, seconds);
        return { text: formatPercent(share), remark: `${formatPercent(lower)} – ${formatPercent(upper)}` };
      }),
    })),
  };
}

/** Every step of the curves that are shown. */
export function curveCsv(groups: readonly ChartGroup[], question: ChartQuestion): ChartCsv {
  return {
    header: ["group", "seconds", `share_${question}`, "lower_95", "upper_95"],
    rows: groups.flatMap(({ label, group }) =>
      curveOf(group, question).map(({ seconds, share, lower, upper }) => [
        label,
        seconds,
        share,
        lower,
        upper,
      ]),
    ),
  };
}
