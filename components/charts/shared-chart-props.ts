import type { Comparison, HeatMaps } from "#lib/domain/comparison.ts";
import type { AxisFocus } from "./axis-scale.ts";
import type { ChartGroup } from "./chart-groups.ts";
import type { ChartViewProps } from "./chart-panel.tsx";
import type { ChartId, CompareDisplay } from "./compare-display.ts";

/** The heat maps come after the rest; `maps` is null until then. */
export type HeatMapsReading = { maps: HeatMaps | null; error: Error | null; onRetry: () => void };

/** What every chart of the page gets. */
export type SharedChartProps = {
  /** The groups that are shown. */
  groups: ChartGroup[];
  comparison: Comparison;
  display: CompareDisplay;
  onDisplay: (change: Partial<CompareDisplay>) => void;
  focus: AxisFocus | null;
  onFocus: (focus: AxisFocus | null) => void;
  viewOf: (id: ChartId) => ChartViewProps;
  heatMaps: HeatMapsReading;
};
