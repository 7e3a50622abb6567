"use client";

import { Toggle } from "@base-ui/react/toggle";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { ChartMarker } from "./chart-marker.tsx";
import { providerMarks } from "./provider-marks.ts";

type CurveLegendProps = {
  groups: readonly ComparisonGroup[];
  hidden: ReadonlySet<ProviderId>;
  onToggle: (provider: ProviderId) => void;
};

/** Each provider's colour, dash and marker; a press hides or shows its curve. */
export function CurveLegend({ groups, hidden, onToggle }: CurveLegendProps) {
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
      <div role="group" aria-label="Curves" className="flex flex-wrap gap-1.5">
        {groups.map(({ provider }) => (
          <Toggle
            key={provider}
            pressed={!hidden.has(provider)}
            onPressedChange={() => onToggle(provider)}
            className="inline-flex h-7 items-center gap-2 rounded border border-line px-2 text-small text-muted line-through hover:bg-raised data-pressed:text-ink data-pressed:no-underline"
          >
            <LineSample provider={provider} />
            {providerLabels[provider]}
          </Toggle>
        ))}
      </div>
      <p className="flex flex-wrap gap-x-4 text-small text-muted">
        <span>Band: 95 % interval</span>
        <span>
          <span aria-hidden>| </span>tick: a job still open, or cancelled, at this age
        </span>
        <span>
          <span aria-hidden>··· </span>dotted end: not known yet
        </span>
      </p>
    </div>
  );
}

function LineSample({ provider }: { provider: ProviderId }) {
  const { color, dash, shape } = providerMarks[provider];
  return (
    <svg aria-hidden width={28} height={12}>
      <line x1={0} x2={28} y1={6} y2={6} stroke={color} strokeWidth={2} strokeDasharray={dash} />
      <ChartMarker shape={shape} x={14} y={6} color={color} />
    </svg>
  );
}
