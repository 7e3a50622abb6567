"use client";

import { useQueryClient } from "@tanstack/react-query";
import { startTransition, useCallback, useEffect, useReducer, useRef, type Dispatch } from "react";
import { adoptLineSchema, recentJobsLineSchema } from "#lib/domain/account-job.ts";
import { messageOf } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { fetchLines } from "../layout/fetch-lines.ts";
import { changeReadings, newReading, type ProviderReading, type ReadingChange } from "./recent-jobs-state.ts";

export type RecentJobs = {
  readings: readonly ProviderReading[];
  /** Lists one provider again. */
  retry: (provider: ProviderId) => void;
  /** Imports what is new at a provider, or only the jobs named. */
  importJobs: (provider: ProviderId, providerJobIds: string[] | null) => Promise<void>;
};

/** A provider that is silent for so long is no longer waited for: its jobs may push others down when they come. */
const patienceMilliseconds = 3000;

/** Lists the recent jobs of each provider side by side, so that one that is slow or fails holds up none of the others. */
export function useRecentJobs(providers: readonly ProviderId[], hours: number): RecentJobs {
  const queryClient = useQueryClient();
  const [readings, dispatch] = useReducer(changeReadings, providers, (ids) => ids.map(newReading));
  // Lines arrive in hundreds, and must not hold up who chooses jobs meanwhile.
  const change = useCallback((next: ReadingChange) => startTransition(() => dispatch(next)), []);
  const page = useRef(new AbortController());

  useEffect(() => {
    const controller = new AbortController();
    page.current = controller;
    for (const provider of providers) {
      change({ kind: "start", provider, isAwaited: true });
      void list(provider, hours, controller.signal, change);
    }
    return () => controller.abort();
  }, [providers, hours, change]);

  return {
    readings,
    retry(provider) {
      change({ kind: "start", provider, isAwaited: false });
      void list(provider, hours, page.current.signal, change);
    },
    async importJobs(provider, providerJobIds) {
      await sendImport(provider, { hours, providerJobIds }, change);
      await queryClient.invalidateQueries();
    },
  };
}

async function list(
  provider: ProviderId,
  hours: number,
  signal: AbortSignal,
  change: Dispatch<ReadingChange>,
): Promise<void> {
  const url = `/api/recent-jobs/${provider}?hours=${hours}`;
  const endPatience = () => change({ kind: "patienceEnds", provider });
  let patience = setTimeout(endPatience, patienceMilliseconds);
  try {
    for await (const line of fetchLines(url, recentJobsLineSchema, { signal })) {
      clearTimeout(patience);
      patience = setTimeout(endPatience, patienceMilliseconds);
      change({ kind: "line", provider, line });
    }
  } catch (error) {
    if (signal.aborted) return;
    change({ kind: "line", provider, line: { type: "failure", message: messageOf(error) } });
  } finally {
    clearTimeout(patience);
  }
}

/** Not stopped when the page is left for another: who moves on to Jobs wants them there. */
async function sendImport(
  provider: ProviderId,
  body: { hours: number; providerJobIds: string[] | null },
  change: Dispatch<ReadingChange>,
): Promise<void> {
  change({ kind: "import", provider });
  const options = { signal: new AbortController().signal, body };
  try {
    for await (const line of fetchLines(`/api/recent-jobs/${provider}`, adoptLineSchema, options)) {
      change({ kind: "importLine", provider, line });
    }
  } catch (error) {
    change({ kind: "importLine", provider, line: { type: "failure", message: messageOf(error) } });
  }
}
