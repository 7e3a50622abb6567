"use client";

import { useSyncExternalStore } from "react";

/** The width from which rows are lines instead of cards, as Tailwind's `sm`. */
const linesFrom = "(min-width: 40rem)";
/** As `--job-row` of the list has them. */
const heights = { line: 36, card: 128 };

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(linesFrom);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Pixels of a row in the list of jobs. */
export function useRowHeight(): number {
  return useSyncExternalStore(
    subscribe,
    () => (window.matchMedia(linesFrom).matches ? heights.line : heights.card),
    () => heights.line,
  );
}
