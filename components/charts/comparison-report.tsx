"use client";

import { formatMoment, formatQuantity } from "#components/format.ts";
import { classNames } from "#components/ui/class-names.ts";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { BalancePanel } from "./balance-panel.tsx";
import { chartGroupsOf, shownKeysOf, type ChartGroup } from "./chart-groups.ts";
import { focusOf, type ChartId, type CompareDisplay } from "./compare-display.ts";
import { ComparisonFindings } from "./comparison-findings.tsx";
import { countTable } from "./count-rows.ts";
import { coverageTable } from "./coverage-rows.ts";
import { CurvePanel } from "./curve-panel.tsx";
import { DetailPanels } from "./detail-panels.tsx";
import { roundFocus } from "./focus-range.ts";
import { MethodNote } from "./method-note.tsx";
import { pairwiseTable } from "./pairwise-rows.ts";
import { quantileCsv, quantileTable } from "./quantile-rows.ts";
import type { HeatMapsReading, SharedChartProps } from "./shared-chart-props.ts";
import { TablePanel } from "./table-panel.tsx";
import { withinCsv, withinTable } from "./within-rows.ts";

type ComparisonReportProps = {
  comparison: Comparison;
  heatMaps: HeatMapsReading;
  filter: ComparisonFilter;
  display: CompareDisplay;
  onFilter: (change: Partial<ComparisonFilter>) => void;
  onDisplay: (change: Partial<CompareDisplay>) => void;
};

/** Findings in words, the curves, the numbers behind them, what describes them, and how all of it was made. */
export function ComparisonReport({
  comparison,
  heatMaps,
  filter,
  display,
  onFilter,
  onDisplay,
}: ComparisonReportProps) {
  const groups = chartGroupsOf(comparison);
  const shown = shownKeysOf(groups, display.shown);
  const charts: SharedChartProps = {
    groups: groups.filter(({ key }) => shown.has(key)),
    comparison,
    heatMaps,
    display,
    onDisplay,
    focus: focusOf(display),
    onFocus: (focus) => {
      const rounded = focus && roundFocus(focus);
      onDisplay({ focusFrom: rounded?.from ?? null, focusTo: rounded?.to ?? null });
    },
    viewOf: (id) => ({
      isTable: display.tables.includes(id),
      onTable: (isTable) => onDisplay({ tables: withTable(display.tables, id, isTable) }),
      source: sourceOf(comparison),
    }),
  };
  return (
    <div className="flex flex-col gap-4">
      <ComparisonFindings groups={groups} comparison={comparison} />
      <CurvePanel {...charts} allGroups={groups} shown={shown} />
      <FigurePanels groups={groups} comparison={comparison} display={display} />
      <DetailPanels {...charts} />
      <BalancePanel {...charts} filter={filter} onFilter={onFilter} />
      <TablePanel title="How well estimated ends held" table={coverageTable(groups)} />
      <MethodNote comparison={comparison} />
    </div>
  );
}

function withTable(tables: readonly ChartId[], id: ChartId, isTable: boolean): ChartId[] {
  const others = tables.filter((other) => other !== id);
  return isTable ? [...others, id] : others;
}

/** Stands on pictures and in file names: which jobs, of when. In UTC, so that it reads the same everywhere. */
function sourceOf({ groups, isSimulated, computedAt }: Comparison) {
  const jobCount = groups.reduce((sum, group) => sum + group.jobCount, 0);
  const kind = isSimulated ? "simulated job" : "job";
  return {
    line: `${formatQuantity(jobCount, kind)}, ${formatMoment(computedAt, "utc")} UTC, Batchmark`,
    fileDate: computedAt.toISOString().slice(0, 10),
  };
}

type FigurePanelsProps = { groups: ChartGroup[]; comparison: Comparison; display: CompareDisplay };

function FigurePanels({ groups, comparison, display }: FigurePanelsProps) {
  const { question } = display;
  const hasPairs = comparison.pairwise.length > 0;
  const nameOf = (figures: string) => `batchmark-${figures}-${sourceOf(comparison).fileDate}.csv`;
  return (
    <>
      <TablePanel
        title={`Time until a share of the jobs is ${question}`}
        table={quantileTable(groups, question, comparison.horizonSeconds)}
        csv={{ fileName: nameOf(`percentiles-${question}`), figures: () => quantileCsv(groups, question) }}
      />
      <TablePanel
        title="Share of jobs delivered within a time"
        table={withinTable(groups)}
        csv={{ fileName: nameOf("delivered-within"), figures: () => withinCsv(groups) }}
      />
      <div className={classNames("grid items-start gap-4", hasPairs && "xl:grid-cols-2")}>
        <TablePanel title="What became of the jobs" table={countTable(groups)} />
        {hasPairs && <TablePanel title="Pair by pair" table={pairwiseTable(groups, comparison)} />}
      </div>
    </>
  );
}
