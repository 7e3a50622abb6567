import type { KeyboardEvent, PointerEvent } from "react";
import { formatDuration, formatNumber, formatPercent } from "#components/format.ts";
import type { ChartFrame } from "#components/charts/chart-frame.ts";
import { shareAt } from "#components/charts/curve-geometry.ts";
import { providerMarks } from "#components/charts/provider-marks.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";

type CursorProps = {
  groups: readonly ComparisonGroup[];
  frame: ChartFrame;
  /** Pixels from the left edge of the drawing; null while nothing is read. */
  position: number | null;
  onMove: (position: number | null) => void;
};

/** Reads the curves at one time: by pointer, or by arrow keys as a slider. */
export function ChartCursor({ groups, frame, position, onMove }: CursorProps) {
  const seconds = position === null ? null : frame.secondsAt(position);
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    onMove(Math.min(Math.max(event.clientX - left + frame.left, frame.left), frame.right));
  };
  return (
    <>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Time at which the curves are read"
        aria-valuemin={0}
        aria-valuemax={Math.round(frame.time.maxSeconds)}
        aria-valuenow={Math.round(seconds ?? 0)}
        aria-valuetext={
          seconds === null ? "Press an arrow key to read the curves" : readingText(groups, seconds)
        }
        className="absolute touch-pan-y rounded-sm outline-offset-2 focus-visible:outline-2 focus-visible:outline-accent"
        style={{
          left: frame.left,
          top: frame.top,
          width: frame.right - frame.left,
          height: frame.bottom - frame.top,
        }}
        onPointerMove={onPointerMove}
        onPointerLeave={() => onMove(null)}
        onBlur={() => onMove(null)}
        onKeyDown={(event) => onMove(positionAfterKey(event, frame, position))}
      />
      {position !== null && seconds !== null && (
        <CursorReading groups={groups} frame={frame} position={position} seconds={seconds} />
      )}
    </>
  );
}

function positionAfterKey(event: KeyboardEvent, frame: ChartFrame, position: number | null): number | null {
  const step = (frame.right - frame.left) / (event.shiftKey ? 10 : 100);
  const places: Record<string, number | null> = {
    ArrowRight: (position ?? frame.left) + step,
    ArrowUp: (position ?? frame.left) + step,
    ArrowLeft: (position ?? frame.right) - step,
    ArrowDown: (position ?? frame.right) - step,
    Home: frame.left,
    End: frame.right,
    Escape: null,
  };
  if (!(event.key in places)) return position;
  event.preventDefault();
  const place = places[event.key] ?? null;
  return place === null ? null : Math.min(Math.max(place, frame.left), frame.right);
}

function CursorReading({
  groups,
  frame,
  position,
  seconds,
}: Omit<CursorProps, "onMove" | "position"> & { position: number; seconds: number }) {
  const isRight = position > (frame.left + frame.right) / 2;
  const side = isRight ? { right: frame.widthPixels - position + 10 } : { left: position + 10 };
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none absolute w-px bg-muted"
        style={{ left: position, top: frame.top, height: frame.bottom - frame.top }}
      />
      <div
        aria-hidden
        className="pointer-events-none absolute z-10 rounded-md border border-line bg-panel px-3 py-2 text-small whitespace-nowrap shadow-popup"
        style={{ ...side, top: frame.top + 8 }}
      >
        <p className="font-medium">Within {formatDuration(seconds)}</p>
        <ul>
          {groups.map((group) => {
            const point = shareAt(group.curve, seconds);
            const isBeyond = seconds > (group.curve.at(-1)?.seconds ?? 0);
            return (
              <li key={group.provider} className="mt-1">
                <span className="font-medium" style={{ color: providerMarks[group.provider].color }}>
                  {providerLabels[group.provider]}
                </span>{" "}
                <span className="tabular-nums">{formatPercent(point.share)}</span>{" "}
                <span className="text-muted tabular-nums">
                  ({formatPercent(point.lower)} – {formatPercent(point.upper)}), n ={" "}
                  {formatNumber(group.jobCount - group.excludedCount)}
                  {isBeyond ? ", later is not observed" : ""}
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}

function readingText(groups: readonly ComparisonGroup[], seconds: number): string {
  const shares = groups.map(
    (group) => `${providerLabels[group.provider]} ${formatPercent(shareAt(group.curve, seconds).share)}`,
  );
  return `Within ${formatDuration(seconds)}: ${shares.join(", ")}`;
}
