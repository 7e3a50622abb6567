"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, type FocusEvent, type KeyboardEvent, type RefObject } from "react";
import type { JobListItem } from "#lib/domain/job-page.ts";
import { messageOf } from "#lib/domain/errors.ts";
import { selectionLimits } from "#lib/domain/selection-limits.ts";
import { formatNumber } from "../format.ts";
import { showToast } from "../layout/show-toast.ts";
import type { JobSelectionState } from "./use-job-selection.ts";

type ListKeysOptions = {
  total: number;
  active: number;
  bodyRef: RefObject<HTMLElement | null>;
  jobAt: (index: number) => JobListItem | undefined;
  readJobs: (first: number, last: number) => Promise<JobListItem[]>;
  selection: JobSelectionState;
  onSelectAll: () => void;
  onActive: (index: number) => void;
  scrollTo: (index: number) => void;
};

const rowsOfAPage = 20;

const moves: Record<string, (active: number, total: number) => number> = {
  ArrowDown: (active) => active + 1,
  j: (active) => active + 1,
  J: (active) => active + 1,
  ArrowUp: (active) => active - 1,
  k: (active) => active - 1,
  K: (active) => active - 1,
  PageDown: (active) => active + rowsOfAPage,
  PageUp: (active) => active - rowsOfAPage,
  Home: () => 0,
  End: (_active, total) => total - 1,
};

/** How a row is chosen: by its checkbox, or together with all rows since the one that was chosen last. */
export type Choice = { index: number; isRange: boolean };

function isRow(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.dataset["index"] !== undefined;
}

/** The list by keyboard: one row at a time holds the focus, and shift makes a range from where it was first held. */
export function useListKeys(options: ListKeysOptions) {
  const { total, active, bodyRef, selection } = options;
  const router = useRouter();
  const anchor = useRef<number | null>(null);
  const takesFocus = useRef(false);
  const holdsFocus = useRef(false);

  useEffect(() => {
    // A row that held the focus and was drawn anew, because its job arrived, has lost it to the page.
    const hasLostFocus = holdsFocus.current && document.activeElement === document.body;
    if (!takesFocus.current && !hasLostFocus) return;
    takesFocus.current = false;
    bodyRef.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)?.focus({ preventScroll: true });
  });

  function moveTo(index: number): void {
    takesFocus.current = true;
    options.onActive(index);
    options.scrollTo(index);
  }

  async function selectRange(from: number, to: number, isWhole: boolean): Promise<void> {
    const [first, last] = from < to ? [from, to] : [to, from];
    if (last - first >= selectionLimits.jobIds) {
      void showToast(
        "error",
        `A range has at most ${formatNumber(selectionLimits.jobIds)} jobs. To choose more, filter and select all that match.`,
      );
      return;
    }
    try {
      selection.select(await options.readJobs(first, last), isWhole);
    } catch (error) {
      void showToast("error", `The range could not be read: ${messageOf(error)}`);
    }
  }

  function choose({ index, isRange }: Choice): void {
    const job = options.jobAt(index);
    if (!job) return;
    options.onActive(index);
    if (isRange && anchor.current !== null) {
      void selectRange(anchor.current, index, false);
      return;
    }
    anchor.current = index;
    selection.toggle(job);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const isOnRow = isRow(event.target);
    if (event.key === "Escape" && selection.count > 0) {
      event.preventDefault();
      selection.clear();
      return;
    }
    if (!isOnRow || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== "a") return;
      event.preventDefault();
      options.onSelectAll();
      return;
    }
    const move = moves[event.key];
    const job = options.jobAt(active);
    if (move) {
      event.preventDefault();
      const next = Math.min(total - 1, Math.max(0, move(active, total)));
      if (event.shiftKey) {
        anchor.current ??= active;
        void selectRange(anchor.current, next, true);
      } else {
        anchor.current = null;
      }
      moveTo(next);
    } else if (event.key === " " || event.key === "x") {
      event.preventDefault();
      choose({ index: active, isRange: event.shiftKey });
    } else if (event.key === "Enter" && job) {
      event.preventDefault();
      router.push(`/jobs/${job.id}`);
    }
  }

  return {
    onKeyDown,
    choose,
    onFocus: (event: FocusEvent<HTMLElement>) => (holdsFocus.current = isRow(event.target)),
    // The removal of a focused row is no blur; going elsewhere is.
    onBlur: () => (holdsFocus.current = false),
  };
}
