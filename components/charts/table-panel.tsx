"use client";

import { Download } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { writeChartCsv, type ChartCsv } from "./chart-csv.ts";
import type { ChartTable } from "./chart-table.ts";
import { ChartTableView } from "./chart-table-view.tsx";
import { saveFile } from "./export/save-file.ts";

type TablePanelProps = {
  title: string;
  table: ChartTable;
  /** The figures unrounded, to take away. */
  csv?: { fileName: string; figures: () => ChartCsv };
};

/** Figures without a chart. */
export function TablePanel({ title, table, csv }: TablePanelProps) {
  return (
    <Panel
      title={title}
      hasPadding={false}
      actions={
        csv && (
          <Button
            variant="ghost"
            size="small"
            data-print="hide"
            onClick={() =>
              saveFile(csv.fileName, new Blob([writeChartCsv(csv.figures())], { type: "text/csv" }))
            }
          >
            <Download aria-hidden />
            CSV
          </Button>
        )
      }
    >
      <ChartTableView table={table} className="max-h-[28rem]" />
    </Panel>
  );
}
