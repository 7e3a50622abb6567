"use client";

import { Download } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { showToast } from "#components/layout/show-toast.ts";
import { LightPopover, menuEntryStyle } from "#components/ui/light-popover.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { writeChartCsv, type ChartCsv } from "./chart-csv.ts";
import type { ChartTable } from "./chart-table.ts";
import { ChartTableView } from "./chart-table-view.tsx";
import { paintPng } from "./export/paint-png.ts";
import { pictureOfChart, writePicture } from "./export/picture-of-chart.ts";
import { saveFile } from "./export/save-file.ts";

export type ChartViewProps = {
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  /** Which jobs are drawn, and of when; stands on every picture that leaves the page. */
  source: { line: string; fileDate: string };
};

type ChartPanelProps = {
  title: string;
  /** Name of the chart in file names. */
  fileName: string;
  view: ChartViewProps;
  /** Switches of this chart, shown with the chart only. */
  switches?: ReactNode;
  table: () => ChartTable;
  csv: () => ChartCsv;
  /** Stands instead of chart and table when there is nothing to draw. */
  emptyText?: string | null;
  note?: ReactNode;
  children: ReactNode;
};

/** A chart with its text table behind a switch, and its picture and figures to take away. */
export function ChartPanel(props: ChartPanelProps) {
  const { title, view, switches, table, emptyText, note, children } = props;
  const body = useRef<HTMLDivElement>(null);
  return (
    <Panel
      title={title}
      actions={
        !emptyText && (
          <div className="flex flex-wrap items-center gap-2" data-print="hide">
            {!view.isTable && switches}
            <SegmentedControl
              aria-label={`${title}: shown as`}
              size="small"
              value={view.isTable ? "table" : "chart"}
              onValueChange={(value) => view.onTable(value === "table")}
              options={[
                { value: "chart", label: "Chart" },
                { value: "table", label: "Table" },
              ]}
            />
            <ExportMenu
              {...props}
              findChart={() => body.current?.querySelector<SVGSVGElement>("svg[data-chart]")}
            />
          </div>
        )
      }
    >
      <div ref={body}>
        {emptyText ? (
          <p className="py-6 text-center text-muted">{emptyText}</p>
        ) : view.isTable ? (
          <ChartTableView table={table()} className="-m-4 max-h-[26.25rem]" />
        ) : (
          children
        )}
      </div>
      {note && !view.isTable && !emptyText && <div className="mt-2 text-small text-muted">{note}</div>}
    </Panel>
  );
}

type ExportMenuProps = Pick<ChartPanelProps, "title" | "fileName" | "view" | "csv"> & {
  findChart: () => SVGSVGElement | null | undefined;
};

function ExportMenu({ title, fileName, view, csv, findChart }: ExportMenuProps) {
  const nameOf = (ending: string) => `batchmark-${fileName}-${view.source.fileDate}.${ending}`;
  const drawSvg = () => {
    const chart = findChart();
    return chart ? writePicture(pictureOfChart(chart, { title, subtitle: view.source.line })) : null;
  };
  const savePng = async () => {
    const svg = drawSvg();
    if (svg === null) return;
    try {
      saveFile(nameOf("png"), await paintPng(svg));
    } catch {
      void showToast("error", "The browser could not paint the picture. Save the chart as SVG instead.");
    }
  };
  const saveSvg = () => {
    const svg = drawSvg();
    if (svg !== null) saveFile(nameOf("svg"), new Blob([svg], { type: "image/svg+xml" }));
  };
  const saveCsv = () => saveFile(nameOf("csv"), new Blob([writeChartCsv(csv())], { type: "text/csv" }));
  return (
    <LightPopover
      role="menu"
      label={`${title}: download`}
      button={<Download aria-hidden />}
      variant="ghost"
      size="small"
      isIcon
      align="end"
    >
      {(close) => {
        const entry = (label: string, isDisabled: boolean, save: () => void) => (
          <button
            type="button"
            role="menuitem"
            disabled={isDisabled}
            className={menuEntryStyle}
            onClick={() => {
              close();
              save();
            }}
          >
            {label}
          </button>
        );
        return (
          <>
            {entry("Picture (PNG)", view.isTable, () => void savePng())}
            {entry("Drawing (SVG)", view.isTable, saveSvg)}
            {entry("Figures (CSV)", false, saveCsv)}
          </>
        );
      }}
    </LightPopover>
  );
}
