"use client";

import { startTransition, useCallback, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { classNames } from "#components/ui/class-names.ts";

export type CanvasSize = { widthPixels: number; heightPixels: number };

type ChartCanvasProps = {
  /** What the drawing shows, for those who do not see it. */
  label: string;
  /** The height is known before anything is measured, so that nothing moves once the drawing comes. */
  heightPixels?: number;
  className?: string;
  renderChart: (size: CanvasSize) => ReactNode;
  /** What lies over the drawing and is not part of its picture: cursor and tooltip. */
  renderOverlay?: (size: CanvasSize) => ReactNode;
};

function isSameSize(one: CanvasSize, other: CanvasSize): boolean {
  return one.widthPixels === other.widthPixels && one.heightPixels === other.heightPixels;
}

const narrowestPixels = 240;
/** About the width of a page of A4 between its margins. */
const paperPixels = 700;

/** A drawing as wide as its place, in pixels of the screen. It is empty until it is measured in the browser. */
export function ChartCanvas({
  label,
  heightPixels,
  className,
  renderChart,
  renderOverlay,
}: ChartCanvasProps) {
  const [size, setSize] = useState<CanvasSize | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const measure = () => {
      // A hidden page has no measure, and that of paper comes too late to draw for it.
      if (element.clientWidth === 0 || window.matchMedia("print").matches) return;
      const next = {
        widthPixels: Math.max(narrowestPixels, Math.round(element.clientWidth)),
        heightPixels: Math.round(element.clientHeight),
      };
      setSize((old) => (old && isSameSize(old, next) ? old : next));
    };
    // The page is printed as soon as the event is over, so the drawing must be there by then.
    const drawForPaper = () =>
      flushSync(() => setSize((current) => current && { ...current, widthPixels: paperPixels }));
    // A page of charts is first drawn in small steps, so that it can be used meanwhile.
    let draw = () => startTransition(measure);
    const observer = new ResizeObserver(() => {
      draw();
      draw = measure;
    });
    observer.observe(element);
    window.addEventListener("beforeprint", drawForPaper);
    window.addEventListener("afterprint", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("beforeprint", drawForPaper);
      window.removeEventListener("afterprint", measure);
    };
  }, []);
  return (
    <div
      ref={ref}
      // In a window made narrower, what lies over the drawing is as wide as before for a moment.
      className={classNames("relative w-full overflow-x-clip print:h-auto!", className)}
      style={{ height: heightPixels }}
    >
      {size && (
        <>
          <svg
            role="img"
            aria-label={label}
            data-chart
            viewBox={`0 0 ${size.widthPixels} ${size.heightPixels}`}
            className="block h-full w-full print:h-auto"
          >
            {renderChart(size)}
          </svg>
          {renderOverlay && <div data-print="hide">{renderOverlay(size)}</div>}
        </>
      )}
    </div>
  );
}
