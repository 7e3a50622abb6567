"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ReadError } from "./fetch-json.ts";
import { LiveEventsProvider } from "./live-events-context.tsx";
import { Toasts } from "./toasts.tsx";
import { ServerNowContext } from "./use-now.ts";
import { useShownTheme } from "./use-theme.ts";

/** Live events tell what changed, so data stays fresh for long; this only bounds the harm of a lost event. */
const staleAfterMilliseconds = 60_000;

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: staleAfterMilliseconds,
        retry: (failureCount, error) => failureCount < 3 && isWorthRetrying(error),
      },
    },
  });
}

function isWorthRetrying(error: Error): boolean {
  if (!(error instanceof ReadError)) return false;
  return error.httpStatus === null || error.httpStatus >= 500;
}

/** Everything that pages find around them. `serverNow` is the server's time of this render, in milliseconds. */
export function Providers({ serverNow, children }: { serverNow: number; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  useShownTheme();
  return (
    <ServerNowContext.Provider value={serverNow}>
      <QueryClientProvider client={queryClient}>
        <LiveEventsProvider>
          {children}
          <Toasts />
        </LiveEventsProvider>
      </QueryClientProvider>
    </ServerNowContext.Provider>
  );
}
