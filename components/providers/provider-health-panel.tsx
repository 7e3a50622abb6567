"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import type { ProviderHealth } from "#lib/domain/provider-health.ts";
import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { checkProviderConnection } from "#lib/providers/actions.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import { fetchJson } from "../layout/fetch-json.ts";
import { queryKeys } from "../layout/query-keys.ts";
import { ReadFailure } from "../layout/read-failure.tsx";
import { runAction } from "../layout/run-action.ts";
import { showToast } from "../layout/show-toast.ts";
import { ProviderName } from "../provider-name.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { HealthBadge } from "./health-badge.tsx";
import { callSentence, offsetWords, shownErrors, verbSentence, type ShownError } from "./health-words.ts";

const loadProviderHealthListSchema = () =>
  import("#lib/domain/provider-health.ts").then((file) => file.providerHealthListSchema);

const refreshMilliseconds = 10_000;

/** How each provider answers: its trouble if there is any, the last errors, calls, limits and clock. */
export function ProviderHealthPanel({ initial }: { initial: ProviderHealth[] }) {
  const query = useQuery({
    queryKey: queryKeys.providers(),
    queryFn: ({ signal }) => fetchJson("/api/providers", loadProviderHealthListSchema, signal),
    initialData: initial,
    refetchInterval: refreshMilliseconds,
  });
  return (
    <Panel title="How they answer" hasPadding={false}>
      {query.isError && (
        <div className="px-4 pt-3">
          <ReadFailure error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      <ul className="divide-y divide-line">
        {query.data.map((health) => (
          <HealthRow key={health.provider} health={health} />
        ))}
      </ul>
    </Panel>
  );
}

function HealthRow({ health }: { health: ProviderHealth }) {
  const { provider, state, calls } = health;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <ProviderName provider={provider} className="font-medium" />
        <HealthBadge {...health} />
        {state?.trouble && state.pausedUntil && (
          <span className="text-small text-muted">
            asked again <Time value={state.pausedUntil} show="relative" />
          </span>
        )}
        {calls && <CheckButton provider={provider} />}
      </div>
      {calls && (
        <dl className="grid grid-cols-[6rem_1fr] gap-x-4 gap-y-1 text-small sm:grid-cols-[9rem_1fr]">
          <Fact name="Calls">
            {callSentence(calls)} since <Time value={calls.since} />
            {verbSentence(calls) && <p className="text-muted">{verbSentence(calls)}</p>}
          </Fact>
          <Fact name="Limits seen">
            <Limits calls={calls} />
          </Fact>
          <Fact name="Its clock">{offsetWords(calls.clockOffsetSeconds)}</Fact>
          <Fact name="Last errors">
            <LastErrors health={health} />
          </Fact>
        </dl>
      )}
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function Limits({ calls }: { calls: NonNullable<ProviderHealth["calls"]> }) {
  if (!calls.rateLimits) return <span className="text-muted">none told yet</span>;
  const { limits, at } = calls.rateLimits;
  return (
    <ul className="flex flex-wrap gap-x-4">
      {limits.map(({ name, limit, remaining, reset }) => (
        <li key={name} title={reset === null ? undefined : `Full again: ${reset}`}>
          {name}: {formatNumber(remaining)} of {formatNumber(limit)} left
        </li>
      ))}
      <li className="text-muted">
        told <Time value={at} show="relative" />
      </li>
    </ul>
  );
}

/** The latest error in sight, the ones before it on a press. */
function LastErrors({ health }: { health: ProviderHealth }) {
  const [latest, ...earlier] = shownErrors(health);
  if (!latest) return <span className="text-muted">none</span>;
  return (
    <>
      <ErrorLine error={latest} />
      {earlier.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer rounded-xs text-accent">
            {formatQuantity(earlier.length, "earlier error")}
          </summary>
          <ol className="mt-1 flex flex-col gap-1 border-l border-line pl-3">
            {earlier.map((error) => (
              <li key={`${error.at.getTime()} ${error.message}`}>
                <ErrorLine error={error} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function ErrorLine({ error }: { error: ShownError }) {
  return (
    <p>
      {error.message} <Time value={error.at} show="relative" className="text-muted" />
      {error.requestId && (
        <span className="text-muted">
          {" "}
          Its request id: <span className="font-mono">{error.requestId}</span>
        </span>
      )}
    </p>
  );
}

function CheckButton({ provider }: { provider: ProviderId }) {
  const queryClient = useQueryClient();
  const check = useMutation({
    mutationFn: () => runAction(() => checkProviderConnection({ provider })),
    onSuccess: ({ modelCount }) =>
      showToast("success", `${providerLabels[provider]} answers: ${formatQuantity(modelCount, "model")}.`),
    onError: (error) => showToast("error", error.message),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.providers() }),
  });
  return (
    <Button
      size="small"
      className="ml-auto"
      isPending={check.isPending}
      aria-label={`Check connection to ${providerLabels[provider]}`}
      onClick={() => check.mutate()}
    >
      {!check.isPending && <RefreshCw aria-hidden />}
      Check connection
    </Button>
  );
}
