"use client";

import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { formatDuration, formatNumber } from "#components/format.ts";
import type { HeatMapCell } from "#lib/domain/comparison-figures.ts";
import type { HeatMaps } from "#lib/domain/comparison.ts";
import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { ChartCanvas, type CanvasSize } from "./chart-canvas.tsx";
import { weekdayName } from "./chart-groups.ts";
import { providerMarks } from "./group-marks.ts";
import { cellName, twoDigits } from "./heat-map-rows.ts";
import { heatPercent, heatRange, type HeatRange } from "./heat-scale.ts";

type Layout = { left: number; cellWidth: number; mapTop: (index: number) => number };
type Place = { provider: ProviderId; weekday: number; hour: number };

const left = 38;
const cellHeight = 18;
const titleHeight = 24;
const hoursHeight = 18;
const mapHeight = titleHeight + 7 * cellHeight + hoursHeight + 8;
const legendHeight = 30;
/** Below it all swatches would bear the same time. */
const leastLegendRatio = 1.5;

/** Median turnaround by hour and weekday of launch, a map a provider; the stronger the colour, the slower, alike in all maps. */
export function HeatMapChart({ maps }: { maps: HeatMaps }) {
  const [place, setPlace] = useState<Place | null>(null);
  const range = heatRange(maps);
  return (
    <>
      <ChartCanvas
        label={`Median turnaround by hour and weekday of launch in UTC: ${maps.map(({ provider, cells }) => `${providerLabels[provider]} in ${formatNumber(cells.length)} of 168 hours`).join(", ")}. The table has all figures.`}
        heightPixels={maps.length * mapHeight + legendHeight}
        renderChart={(size) => <HeatMaps maps={maps} range={range} layout={layoutOf(size)} place={place} />}
        renderOverlay={(size) => (
          <div
            role="slider"
            aria-label="Hour of the week that is read"
            aria-valuemin={0}
            aria-valuemax={maps.length * 168 - 1}
            aria-valuenow={place ? placeNumber(place, maps) : 0}
            aria-valuetext={place ? describePlace(place, maps) : "Press an arrow key to read"}
            tabIndex={0}
            className="absolute inset-0 rounded-sm"
            onPointerMove={(event) => setPlace(placeAt(event, maps, layoutOf(size)))}
            onPointerLeave={() => setPlace(null)}
            onBlur={() => setPlace(null)}
            onKeyDown={(event) => setPlace(placeAfterKey(event, maps, place))}
          />
        )}
      />
      <p className="min-h-5 text-small tabular-nums" data-print="hide">
        {place ? (
          describePlace(place, maps)
        ) : (
          <span className="text-muted">Point at an hour to read it.</span>
        )}
      </p>
    </>
  );
}

function layoutOf({ widthPixels }: CanvasSize): Layout {
  return {
    left,
    cellWidth: Math.min((widthPixels - left - 4) / 24, 44),
    mapTop: (index) => index * mapHeight + titleHeight,
  };
}

type HeatMapsProps = { maps: HeatMaps; range: HeatRange; layout: Layout; place: Place | null };

function HeatMaps({ maps, range, layout, place }: HeatMapsProps) {
  return (
    <>
      {maps.map(({ provider, cells }, index) => (
        <g key={provider} transform={`translate(0 ${layout.mapTop(index)})`} data-part="heat-map">
          <text x={0} y={-8} fill={providerMarks[provider].color} className="text-small font-medium">
            {providerLabels[provider]}
          </text>
          <HeatMapLabels layout={layout} />
          {cells.map((cell) => (
            <HeatCell key={cell.weekday * 24 + cell.hour} {...{ cell, provider, range, layout }} />
          ))}
          {place?.provider === provider && (
            <rect
              x={layout.left + place.hour * layout.cellWidth}
              y={(place.weekday - 1) * cellHeight}
              width={layout.cellWidth}
              height={cellHeight}
              fill="none"
              stroke="var(--ink)"
              strokeWidth={2}
            />
          )}
        </g>
      ))}
      <HeatLegend range={range} top={maps.length * mapHeight} />
    </>
  );
}

function HeatMapLabels({ layout }: { layout: Layout }) {
  const everyHours = layout.cellWidth < 14 ? 6 : layout.cellWidth < 26 ? 3 : 1;
  return (
    <g className="fill-muted text-tiny tabular-nums">
      {Array.from({ length: 7 }, (_, day) => (
        <text key={day} x={layout.left - 6} y={(day + 0.5) * cellHeight} dy="0.34em" textAnchor="end">
          {weekdayName(day + 1).slice(0, 3)}
        </text>
      ))}
      {Array.from({ length: 24 }, (_, hour) => hour)
        .filter((hour) => hour % everyHours === 0)
        .map((hour) => (
          <text
            key={hour}
            x={layout.left + (hour + 0.5) * layout.cellWidth}
            y={7 * cellHeight + 13}
            textAnchor="middle"
          >
            {twoDigits(hour)}
          </text>
        ))}
      <rect
        x={layout.left}
        y={0}
        width={24 * layout.cellWidth}
        height={7 * cellHeight}
        fill="none"
        stroke="var(--line)"
      />
    </g>
  );
}

type HeatCellProps = { cell: HeatMapCell; provider: ProviderId; range: HeatRange; layout: Layout };

/** Filled by its median; an hour whose jobs were not delivered is an empty frame. */
function HeatCell({ cell, provider, range, layout }: HeatCellProps) {
  const { color } = providerMarks[provider];
  const isDelivered = cell.medianSeconds !== null;
  return (
    <rect
      x={layout.left + cell.hour * layout.cellWidth + 1}
      y={(cell.weekday - 1) * cellHeight + 1}
      width={layout.cellWidth - 2}
      height={cellHeight - 2}
      fill={
        cell.medianSeconds === null
          ? "none"
          : `color-mix(in srgb, ${color} ${heatPercent(cell.medianSeconds, range)}%, var(--panel))`
      }
      stroke={isDelivered ? "none" : color}
      strokeDasharray={isDelivered ? undefined : "2 2"}
    />
  );
}

function HeatLegend({ range, top }: { range: HeatRange; top: number }) {
  if (range === null) return null;
  const ratio = range.longest / range.shortest;
  const steps = ratio < leastLegendRatio ? 1 : 5;
  const factor = ratio ** (1 / 4);
  return (
    <g transform={`translate(${left} ${top + 4})`} className="fill-muted text-tiny">
      {Array.from({ length: steps }, (_, step) => {
        const seconds = range.shortest * factor ** step;
        return (
          <g key={step} transform={`translate(${step * 78} 0)`}>
            <rect
              width={14}
              height={14}
              fill={`color-mix(in srgb, var(--ink) ${heatPercent(seconds, range)}%, var(--panel))`}
            />
            <text x={18} y={11}>
              {formatCoarsely(seconds)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** `54 s`, `6 min`, `3.9 h`: short enough to stand beside a swatch. */
function formatCoarsely(seconds: number): string {
  return formatDuration(seconds < 60 || seconds >= 3_600 ? seconds : Math.round(seconds / 60) * 60);
}

function placeAt(event: PointerEvent<HTMLElement>, maps: HeatMaps, layout: Layout): Place | null {
  const box = event.currentTarget.getBoundingClientRect();
  const hour = Math.floor((event.clientX - box.left - layout.left) / layout.cellWidth);
  const index = Math.floor((event.clientY - box.top) / mapHeight);
  const weekday = Math.floor((event.clientY - box.top - layout.mapTop(index)) / cellHeight) + 1;
  const provider = maps[index]?.provider;
  const isInside = hour >= 0 && hour < 24 && weekday >= 1 && weekday <= 7;
  return provider && isInside ? { provider, weekday, hour } : null;
}

const moves: Record<string, { days: number; hours: number }> = {
  ArrowUp: { days: -1, hours: 0 },
  ArrowDown: { days: 1, hours: 0 },
  ArrowLeft: { days: 0, hours: -1 },
  ArrowRight: { days: 0, hours: 1 },
};

/** Moves through the maps as through one tall table. */
function placeAfterKey(event: KeyboardEvent, maps: HeatMaps, place: Place | null): Place | null {
  if (event.key === "Escape") return null;
  const move = moves[event.key];
  const [first] = maps;
  if (!move || !first) return place;
  event.preventDefault();
  if (!place) return { provider: first.provider, weekday: 1, hour: 0 };
  const index = maps.findIndex(({ provider }) => provider === place.provider);
  const row = Math.min(Math.max(index * 7 + place.weekday - 1 + move.days, 0), maps.length * 7 - 1);
  const hour = Math.min(Math.max(place.hour + move.hours, 0), 23);
  return { provider: maps[Math.floor(row / 7)]?.provider ?? place.provider, weekday: (row % 7) + 1, hour };
}

function placeNumber(place: Place, maps: HeatMaps): number {
  const index = maps.findIndex(({ provider }) => provider === place.provider);
  return (index * 7 + place.weekday - 1) * 24 + place.hour;
}

function describePlace(place: Place, maps: HeatMaps): string {
  const map = maps.find(({ provider }) => provider === place.provider);
  const cell = map?.cells.find(({ weekday, hour }) => weekday === place.weekday && hour === place.hour);
  const name = `${providerLabels[place.provider]}, ${cellName(place)}`;
  if (!cell) return `${name}: no job was launched`;
  const delivered = `${formatNumber(cell.deliveredCount)} of ${formatNumber(cell.jobCount)} delivered`;
  return cell.medianSeconds === null
    ? `${name}: ${delivered}`
    : `${name}: median ${formatDuration(cell.medianSeconds)}, ${delivered}`;
}
