"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer, useRef, type Dispatch } from "react";
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

/** Lists the recent jobs of each provider side by side, so that one that is slow or fails holds up none of the others. */
export function useRecentJobs(providers: readonly ProviderId[], hours: number): RecentJobs {
  const queryClient = useQueryClient();
  const [readings, change] = useReducer(changeReadings, providers, (ids) => ids.map(newReading));
  const page = useRef(new AbortController());

  useEffect(() => {
    const controller = new AbortController();
    page.current = controller;
    for (const provider of providers) void list(provider, hours, controller.signal, change);
    return () => controller.abort();
  }, [providers, hours]);

  return {
    readings,
    retry: (provider) => void list(provider, hours, page.current.signal, change),
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
  change({ kind: "start", provider });
  const url = `/api/recent-jobs/${provider}?hours=${hours}`;
  try {
    for await (const line of fetchLines(url, recentJobsLineSchema, { signal })) {
      change({ kind: "line", provider, line });
    }
  } catch (error) {
    if (signal.aborted) return;
    change({ kind: "line", provider, line: { type: "failure", message: messageOf(error) } });
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
