"use client";

import { useCallback, useState, type ReactNode } from "react";
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

const narrowestPixels = 240;

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
      // A hidden or printed page has no measure of the screen; the last one is kept and scales.
      if (element.clientWidth === 0 || window.matchMedia("print").matches) return;
      setSize({
        widthPixels: Math.max(narrowestPixels, Math.round(element.clientWidth)),
        heightPixels: Math.round(element.clientHeight),
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={ref}
      className={classNames("relative w-full print:h-auto!", className)}
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
