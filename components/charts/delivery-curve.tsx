"use client";

import { useMemo, useState } from "react";
import { ChartAxes } from "#components/charts/chart-axes.tsx";
import { ChartCursor } from "#components/charts/chart-cursor.tsx";
import { createChartFrame } from "#components/charts/chart-frame.ts";
import { CurveLayer } from "#components/charts/curve-layer.tsx";
import { findingOf } from "#components/charts/findings.ts";
import type { TimeScaleKind } from "#components/charts/time-scale.ts";
import { useElementWidth } from "#components/charts/use-element-width.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";

/** Share of jobs delivered against time, one step curve a provider with its 95 % band. */
export function DeliveryCurve({
  groups,
  scaleKind,
}: {
  groups: readonly ComparisonGroup[];
  scaleKind: TimeScaleKind;
}) {
  const [ref, widthPixels] = useElementWidth(960);
  const [position, setPosition] = useState<number | null>(null);
  const frame = useMemo(
    () => createChartFrame(groups, { kind: scaleKind, widthPixels }),
    [groups, scaleKind, widthPixels],
  );
  const summary = `Share of jobs delivered against turnaround. ${groups.map(findingOf).join(" ")}`;
  return (
    <div ref={ref} className="relative w-full" style={{ height: frame.heightPixels }}>
      <svg
        role="img"
        aria-label={summary}
        width={frame.widthPixels}
        height={frame.heightPixels}
        viewBox={`0 0 ${frame.widthPixels} ${frame.heightPixels}`}
        className="absolute inset-0"
      >
        <ChartAxes frame={frame} />
        <CurveLayer groups={groups} frame={frame} />
      </svg>
      <ChartCursor groups={groups} frame={frame} position={position} onMove={setPosition} />
    </div>
  );
}

export default DeliveryCurve;
