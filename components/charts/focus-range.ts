import type { AxisFocus } from "./axis-scale.ts";

/** The range that two fields ask for; an empty start is 0. Null when they ask for none. */
export function parseFocus(from: string, to: string): AxisFocus | null {
  const focus = { from: from === "" ? 0 : Number(from), to: to === "" ? Number.NaN : Number(to) };
  return isFocus(focus) ? focus : null;
}

/** Whether an axis can show this range. */
export function isFocus({ from, to }: AxisFocus): boolean {
  return Number.isFinite(from) && Number.isFinite(to) && from >= 0 && to > from;
}

/** A range as it stands in the address and in the fields: three digits that count, whole seconds from 1,000 up. */
export function roundFocus({ from, to }: AxisFocus): AxisFocus {
  const rounded = { from: roundSeconds(from), to: roundSeconds(to) };
  return isFocus(rounded) ? rounded : { from, to };
}

function roundSeconds(seconds: number): number {
  return seconds >= 1_000 ? Math.round(seconds) : Number(seconds.toPrecision(3));
}
