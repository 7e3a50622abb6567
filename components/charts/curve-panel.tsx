"use client";

import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { atRiskTable } from "./at-risk-rows.ts";
import { AxisSwitch } from "./axis-switch.tsx";
import { isDrawable, type ChartGroup } from "./chart-groups.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { questionTitles } from "./chart-question.ts";
import { ChartTableView } from "./chart-table-view.tsx";
import { CurveLegend, CurveSigns } from "./curve-legend.tsx";
import { curveCsv, curveTable } from "./curve-rows.ts";
import { DeliveryCurve } from "./delivery-curve.tsx";
import { FocusFields } from "./focus-fields.tsx";
import type { SharedChartProps } from "./shared-chart-props.ts";

type CurvePanelProps = SharedChartProps & { allGroups: ChartGroup[]; shown: ReadonlySet<string> };

/** The large chart: the legend and the range above it hold for every chart of the page. */
export function CurvePanel(props: CurvePanelProps) {
  const { groups, allGroups, shown, comparison, display, onDisplay, focus, onFocus, viewOf } = props;
  const { question } = display;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2" data-print="hide">
        <CurveLegend
          groups={allGroups.filter(({ group }) => isDrawable(group))}
          shown={shown}
          onShown={(keys) => onDisplay({ shown: keys })}
        />
        <FocusFields focus={focus} onFocus={onFocus} />
      </div>
      <ChartPanel
        title={questionTitles[question]}
        fileName={`share-${question}`}
        view={viewOf("curve")}
        emptyText={groups.length === 0 ? "No group is chosen. Choose one in the legend." : null}
        table={() => curveTable(groups, question)}
        csv={() => curveCsv(groups, question)}
        switches={
          <>
            <SegmentedControl
              aria-label="Question"
              size="small"
              value={question}
              onValueChange={(next) => onDisplay({ question: next })}
              options={[
                { value: "delivered", label: "Delivered", title: "What share is delivered by a time?" },
                { value: "ended", label: "Ended", title: "When does a job end, in whatever way?" },
              ]}
            />
            <AxisSwitch
              label="Time axis of the curves"
              value={display.time}
              onChange={(time) => onDisplay({ time })}
            />
          </>
        }
      >
        <DeliveryCurve
          groups={groups}
          question={question}
          scaleKind={display.time}
          focus={focus}
          onFocus={onFocus}
        />
        <CurveSigns />
        <ChartTableView
          table={atRiskTable(groups, comparison.atRiskSeconds)}
          className="-mx-4 mt-2 -mb-4 border-t border-line"
        />
      </ChartPanel>
    </>
  );
}
