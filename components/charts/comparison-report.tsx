"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Comparison } from "#lib/domain/comparison.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { AtRiskTable } from "./at-risk-table.tsx";
import { ComparisonCounts } from "./comparison-counts.tsx";
import { ComparisonFindings } from "./comparison-findings.tsx";
import { CurveLegend } from "./curve-legend.tsx";
import { CurveTable } from "./curve-table.tsx";
import { MethodNote } from "./method-note.tsx";
import { QuantileTable } from "./quantile-table.tsx";
import type { TimeScaleKind } from "./time-scale.ts";

const DeliveryCurve = dynamic(() => import("./delivery-curve.tsx"), {
  ssr: false,
  loading: () => <Skeleton className="h-80 sm:h-[26.25rem]" />,
});

type View = "chart" | "table";

type ComparisonReportProps = {
  comparison: Comparison;
  scaleKind: TimeScaleKind;
  view: View;
  onScaleKind: (kind: TimeScaleKind) => void;
  onView: (view: View) => void;
};

/** Findings in words, the curve, then the numbers behind it and how they were made. */
export function ComparisonReport({
  comparison,
  scaleKind,
  view,
  onScaleKind,
  onView,
}: ComparisonReportProps) {
  const [hidden, setHidden] = useState<ReadonlySet<ProviderId>>(new Set());
  const groups = comparison.groups;
  const drawable = groups.filter((group) => group.jobCount > group.excludedCount);
  const shown = drawable.filter((group) => !hidden.has(group.provider));
  const toggle = (provider: ProviderId) =>
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(provider)) after.add(provider);
      return after;
    });
  return (
    <div className="flex flex-col gap-4">
      <ComparisonFindings comparison={comparison} />
      <Panel
        title="Share of jobs delivered"
        actions={
          <>
            {view === "chart" && (
              <SegmentedControl
                aria-label="Time axis"
                size="small"
                value={scaleKind}
                onValueChange={onScaleKind}
                options={[
                  { value: "linear", label: "Linear" },
                  { value: "log", label: "Log" },
                ]}
              />
            )}
            <SegmentedControl
              aria-label="Shown as"
              size="small"
              value={view}
              onValueChange={onView}
              options={[
                { value: "chart", label: "Chart" },
                { value: "table", label: "Table" },
              ]}
            />
          </>
        }
      >
        {view === "chart" ? (
          <>
            <CurveLegend groups={drawable} hidden={hidden} onToggle={toggle} />
            <DeliveryCurve groups={shown} scaleKind={scaleKind} />
          </>
        ) : (
          <CurveTable groups={drawable} />
        )}
      </Panel>
      <QuantileTable groups={groups} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ComparisonCounts groups={groups} />
        <AtRiskTable groups={drawable} atRiskSeconds={comparison.atRiskSeconds} />
      </div>
      <MethodNote comparison={comparison} />
    </div>
  );
}
