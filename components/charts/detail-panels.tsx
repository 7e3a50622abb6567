"use client";

import { ReadFailure } from "#components/layout/read-failure.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { AxisSwitch } from "./axis-switch.tsx";
import { BoxChart } from "./box-chart.tsx";
import { boxCsv, boxTable, type BoxSection } from "./box-rows.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { HeatMapChart } from "./heat-map-chart.tsx";
import { heatMapCsv, heatMapTable } from "./heat-map-rows.ts";
import { HistogramChart } from "./histogram-chart.tsx";
import { histogramCsv, histogramTable } from "./histogram-rows.ts";
import type { SharedChartProps } from "./shared-chart-props.ts";
import { stageSections } from "./stage-sections.ts";

const nothingDelivered = "No job of this choice is delivered yet.";

/** The small charts: how the turnaround is spread, where it goes, and when it is long. */
export function DetailPanels(props: SharedChartProps) {
  return (
    <>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <HistogramPanel {...props} />
          <BoxPanel {...props} />
        </div>
        <StagePanel {...props} />
      </div>
      <ThroughputPanel {...props} />
      <HeatMapPanel {...props} />
    </>
  );
}

function BinsSwitch({ display, onDisplay }: SharedChartProps) {
  return (
    <AxisSwitch
      label="Time axis of histogram and boxes"
      value={display.bins}
      onChange={(bins) => onDisplay({ bins })}
    />
  );
}

function HistogramPanel(props: SharedChartProps) {
  const { groups, display, focus, onFocus, viewOf } = props;
  const delivered = groups.filter(({ group }) => group.deliveredCount > 0);
  return (
    <ChartPanel
      title="Histogram"
      fileName="histogram"
      view={viewOf("histogram")}
      switches={<BinsSwitch {...props} />}
      emptyText={delivered.length === 0 ? nothingDelivered : null}
      table={() => histogramTable(delivered, display.bins)}
      csv={() => histogramCsv(delivered, display.bins)}
      note="Share of each group's delivered jobs; open jobs are not in it. Click a bar or drag to look closer."
    >
      <HistogramChart groups={delivered} kind={display.bins} focus={focus} onFocus={onFocus} />
    </ChartPanel>
  );
}

function BoxPanel(props: SharedChartProps) {
  const { groups, display, focus, viewOf } = props;
  const rows = groups.map((chartGroup) => ({ chartGroup, box: chartGroup.group.box }));
  const sections: BoxSection[] = [
    { key: "turnaround_seconds", title: null, rows: rows.filter(({ box }) => box !== null) },
  ];
  return (
    <ChartPanel
      title="Box plot"
      fileName="box-plot"
      view={viewOf("box")}
      switches={<BinsSwitch {...props} />}
      emptyText={sections[0]?.rows.length === 0 ? nothingDelivered : null}
      table={() => boxTable(sections, "Turnaround of delivered jobs", "seconds")}
      csv={() => boxCsv(sections)}
      note="Delivered jobs: median, quartiles, whiskers within 1.5 interquartile ranges; dots are the extremes."
    >
      <BoxChart
        sections={sections}
        unit="seconds"
        scaleKind={display.bins}
        axisTitle="Turnaround of delivered jobs"
        focus={focus}
      />
    </ChartPanel>
  );
}

function StagePanel({ groups, viewOf }: SharedChartProps) {
  const sections = stageSections(groups);
  return (
    <ChartPanel
      title="Stages"
      fileName="stages"
      view={viewOf("stages")}
      emptyText={sections.length === 0 ? "No provider has told the time of a stage yet." : null}
      table={() => boxTable(sections, "Duration of each stage", "seconds")}
      csv={() => boxCsv(sections)}
      note="Where the time goes, by the provider's clock, over the jobs for which it is told."
    >
      <BoxChart sections={sections} unit="seconds" scaleKind="log" axisTitle="Duration of the stage" />
    </ChartPanel>
  );
}

function ThroughputPanel({ groups, display, onDisplay, viewOf }: SharedChartProps) {
  const name = `${display.measure}PerMinute` as const;
  const rows = groups.map((chartGroup) => ({ chartGroup, box: chartGroup.group.throughput[name] }));
  const known = rows.filter(({ box }) => box !== null);
  const sections: BoxSection[] = [{ key: `${display.measure}_per_minute`, title: null, rows: known }];
  const measureTitle = display.measure === "requests" ? "Requests" : "Tokens";
  return (
    <ChartPanel
      title="Throughput"
      fileName={`throughput-${display.measure}`}
      view={viewOf("throughput")}
      switches={
        <SegmentedControl
          aria-label="Measure of throughput"
          size="small"
          value={display.measure}
          onValueChange={(measure) => onDisplay({ measure })}
          options={[
            { value: "requests", label: "Requests" },
            { value: "tokens", label: "Tokens" },
          ]}
        />
      }
      table={() => boxTable(sections, `${measureTitle} per minute of turnaround`, "amount")}
      csv={() => boxCsv(sections)}
      note="Of delivered jobs: what a job held, divided by its turnaround."
    >
      {known.length === 0 ? (
        <p className="py-6 text-center text-muted">
          No delivered job of this choice has a known number of {display.measure}.
        </p>
      ) : (
        <BoxChart
          sections={sections}
          unit="amount"
          scaleKind="log"
          axisTitle={`${measureTitle} per minute of turnaround`}
        />
      )}
    </ChartPanel>
  );
}

function HeatMapPanel({ heatMaps: { maps, error, onRetry }, viewOf }: SharedChartProps) {
  const title = "Hour and weekday of launch";
  if (maps === null) {
    return (
      <Panel title={title}>
        {error ? <ReadFailure error={error} onRetry={onRetry} /> : <Skeleton className="h-[36rem]" />}
      </Panel>
    );
  }
  return (
    <ChartPanel
      title={title}
      fileName="hour-weekday"
      view={viewOf("week")}
      emptyText={maps.length === 0 ? "No job of this choice has a known launch time." : null}
      table={() => heatMapTable(maps)}
      csv={() => heatMapCsv(maps)}
      note="Median turnaround of delivered jobs by when they were created at the provider, in UTC; the stronger the colour, the slower. A dashed frame: jobs, but none delivered."
    >
      <HeatMapChart maps={maps} />
    </ChartPanel>
  );
}
