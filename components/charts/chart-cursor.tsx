"use client";

import { useState, type KeyboardEvent, type PointerEvent } from "react";
import type { AxisFocus } from "./axis-scale.ts";
import type { PlotFrame } from "./plot-frame.ts";

export type CursorReading = {
  title: string;
  lines: { key: string; label: string; color: string; value: string; detail: string }[];
};

type ChartCursorProps = {
  frame: PlotFrame;
  /** What is moved: "Time at which the curves are read". */
  label: string;
  /** What the chart says at a value of its axis. */
  read: (value: number) => CursorReading;
  /** A stretch was dragged over. */
  onFocus: (focus: AxisFocus) => void;
  /** A place was clicked. */
  onPick?: (value: number) => void;
};

/** A shorter drag is a click. */
const shortestDragPixels = 6;

/**
 * Reads a chart at one value of its axis: by pointer, or by arrow keys as a slider. Dragging chooses a stretch of the
 * axis; the fields above the charts do the same by keyboard.
 */
export function ChartCursor({ frame, label, read, onFocus, onPick }: ChartCursorProps) {
  const [position, setPosition] = useState<number | null>(null);
  const [dragStart, setDragStart] = useState<number | null>(null);
  const place = (event: PointerEvent<HTMLDivElement>) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    return clampToPlot(event.clientX - left + frame.left, frame);
  };
  const release = (event: PointerEvent<HTMLDivElement>) => {
    const end = place(event);
    if (dragStart !== null && Math.abs(end - dragStart) >= shortestDragPixels) {
      const [from, to] = [Math.min(dragStart, end), Math.max(dragStart, end)];
      onFocus({ from: frame.valueAt(from), to: frame.valueAt(to) });
      setPosition(null);
    } else if (dragStart !== null) {
      onPick?.(frame.valueAt(end));
    }
    setDragStart(null);
  };
  const value = position === null ? null : frame.valueAt(position);
  return (
    <>
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={frame.scale.minimum}
        aria-valuemax={frame.scale.maximum}
        aria-valuenow={value ?? frame.scale.minimum}
        aria-valuetext={value === null ? "Press an arrow key to read" : readingText(read(value))}
        className="absolute cursor-crosshair touch-pan-y rounded-sm outline-offset-2 select-none focus-visible:outline-2 focus-visible:outline-accent"
        style={{
          left: frame.left,
          top: frame.top,
          width: frame.right - frame.left,
          height: frame.bottom - frame.top,
        }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragStart(place(event));
        }}
        onPointerMove={(event) => setPosition(place(event))}
        onPointerUp={release}
        onPointerCancel={() => setDragStart(null)}
        onPointerLeave={() => setPosition(null)}
        onBlur={() => setPosition(null)}
        onKeyDown={(event) => setPosition(positionAfterKey(event, frame, position))}
      />
      {dragStart !== null && position !== null && (
        <div
          aria-hidden
          className="pointer-events-none absolute bg-accent/15"
          style={{
            left: Math.min(dragStart, position),
            width: Math.abs(position - dragStart),
            top: frame.top,
            height: frame.bottom - frame.top,
          }}
        />
      )}
      {position !== null && value !== null && (
        <CursorTip frame={frame} position={position} reading={read(value)} />
      )}
    </>
  );
}

function positionAfterKey(event: KeyboardEvent, frame: PlotFrame, position: number | null): number | null {
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
  return place === null ? null : clampToPlot(place, frame);
}

function clampToPlot(xPixels: number, frame: PlotFrame): number {
  return Math.min(Math.max(xPixels, frame.left), frame.right);
}

type CursorTipProps = { frame: PlotFrame; position: number; reading: CursorReading };

function CursorTip({ frame, position, reading }: CursorTipProps) {
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
        <p className="font-medium">{reading.title}</p>
        <ul>
          {reading.lines.map(({ key, label, color, value, detail }) => (
            <li key={key} className="mt-1">
              <span className="font-medium" style={{ color }}>
                {label}
              </span>{" "}
              <span className="tabular-nums">{value}</span>{" "}
              <span className="text-muted tabular-nums max-sm:hidden">{detail}</span>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function readingText({ title, lines }: CursorReading): string {
  return `${title}: ${lines.map(({ label, value }) => `${label} ${value}`).join(", ")}`;
}
