"use client";

import { Time } from "#components/ui/time.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import { BalanceChart } from "./balance-chart.tsx";
import { balanceCsv, balanceFindings, balanceTable } from "./balance.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { PairedSwitch } from "./paired-switch.tsx";
import type { SharedChartProps } from "./shared-chart-props.ts";

type BalancePanelProps = SharedChartProps & {
  filter: ComparisonFilter;
  onFilter: (change: Partial<ComparisonFilter>) => void;
};

/** Whether the groups met the same circumstances, and the switch that sees to it. */
export function BalancePanel({ groups, comparison, filter, onFilter, viewOf }: BalancePanelProps) {
  const findings = balanceFindings(groups, comparison.groupBy);
  // Groups by time of launch never meet within the same minutes.
  const isByLaunch = comparison.groupBy === "hour" || comparison.groupBy === "weekday";
  const canBePaired = comparison.groups.length > 1 && !isByLaunch;
  return (
    <ChartPanel
      title="Is the comparison fair?"
      fileName="launch-hours"
      view={viewOf("balance")}
      table={() => balanceTable(groups)}
      csv={() => balanceCsv(groups)}
    >
      <div className="flex flex-col gap-3">
        {(canBePaired || filter.isPaired) && (
          <PairedSwitch comparison={comparison} filter={filter} onChange={onFilter} />
        )}
        {findings.map((finding) => (
          <Notice key={finding} kind="warning">
            {finding}
          </Notice>
        ))}
        {findings.length === 0 && groups.length > 1 && (
          <p>The groups were launched at like hours and in like sizes, and failed about as often.</p>
        )}
        <ul className="flex flex-col gap-1 text-muted">
          {groups.map(({ key, label, group: { balance } }) => (
            <li key={key}>
              {label}: launched <Time value={balance.firstLaunchedAt} /> to{" "}
              <Time value={balance.lastLaunchedAt} />.
            </li>
          ))}
        </ul>
        <BalanceChart groups={groups} />
      </div>
    </ChartPanel>
  );
}
