"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { messageOf } from "#lib/domain/errors.ts";
import type { BulkInput, BulkProgress, JobSelection } from "#lib/domain/job-selection.ts";
import { showToast } from "../layout/show-toast.ts";

export type BulkVerbToRun = BulkInput["verb"];

/** What is asked before it is done. */
export type AskedAction = { verb: "cancel" | "remove"; selection: JobSelection };

export type BulkAction = {
  /** The action under way; null while there is none. */
  running: { verb: BulkVerbToRun; progress: BulkProgress | null } | null;
  isBusy: boolean;
  asked: AskedAction | null;
  ask: (asked: AskedAction | null) => void;
  /** Starts at once, shows its progress, and says at the end in one sentence what came of it. */
  run: (input: BulkInput) => void;
  /** What is done stays done. */
  stop: () => void;
};

const topics = ["jobs", "job", "job-sets", "overview"];

/** One action on many jobs at a time; `onDone` hears when all of it was tried. */
export function useBulkAction(onDone: () => void = () => {}): BulkAction {
  const queryClient = useQueryClient();
  const [running, setRunning] = useState<BulkAction["running"]>(null);
  const [asked, ask] = useState<AskedAction | null>(null);
  const abort = useRef<AbortController | null>(null);

  async function run(input: BulkInput): Promise<void> {
    const { verb } = input;
    const controller = new AbortController();
    abort.current = controller;
    setRunning({ verb, progress: null });
    let progress: BulkProgress | null = null;
    let parts;
    try {
      parts = await Promise.all([import("./run-bulk.ts"), import("./bulk-summary.ts")]);
    } catch {
      setRunning(null);
      void showToast("error", "A part of this page did not load. Check that Batchmark is running.");
      return;
    }
    const [{ runBulk }, { bulkSummary }] = parts;
    try {
      for await (const latest of runBulk(input, controller.signal)) {
        progress = latest;
        setRunning({ verb, progress });
      }
      onDone();
      const summary = bulkSummary(verb, progress);
      void showToast(summary.isGood ? "success" : "warning", summary.title, { description: summary.details });
    } catch (error) {
      const { title, details } = bulkSummary(verb, progress);
      if (controller.signal.aborted) void showToast("info", `Stopped. ${title}`, { description: details });
      else void showToast("error", messageOf(error), { description: title });
    } finally {
      setRunning(null);
      for (const topic of topics) void queryClient.invalidateQueries({ queryKey: [topic] });
    }
  }

  return {
    running,
    isBusy: running !== null,
    asked,
    ask,
    run: (input) => void run(input),
    stop: () => abort.current?.abort(),
  };
}
