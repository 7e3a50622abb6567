import type { AxisScale } from "./axis-scale.ts";

/** Where the plot lies in a drawing, in pixels of the whole drawing, with its horizontal axis. */
export type PlotFrame = {
  widthPixels: number;
  heightPixels: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  scale: AxisScale;
  x: (value: number) => number;
  valueAt: (xPixels: number) => number;
};

type Margins = Pick<PlotFrame, "left" | "top"> & { right: number; bottom: number };

/** Lays out a plot inside a drawing with these margins; `createScale` gets the width that is left for the plot. */
export function createPlotFrame(
  size: { widthPixels: number; heightPixels: number },
  margins: Margins,
  createScale: (widthPixels: number) => AxisScale,
): PlotFrame {
  const right = Math.max(size.widthPixels - margins.right, margins.left + 40);
  const scale = createScale(right - margins.left);
  return {
    ...size,
    left: margins.left,
    right,
    top: margins.top,
    bottom: size.heightPixels - margins.bottom,
    scale,
    x: (value) => margins.left + scale.toPixels(value),
    valueAt: (xPixels) => scale.toValue(xPixels - margins.left),
  };
}

/** About so wide is a text of 13 px; the exact width is known only once it is drawn. */
export function textWidthPixels(text: string): number {
  return text.length * 7;
}

/** Cuts a text that would be wider than `mostPixels`. */
export function fitText(text: string, mostPixels: number): string {
  const most = Math.max(3, Math.floor(mostPixels / 7));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
