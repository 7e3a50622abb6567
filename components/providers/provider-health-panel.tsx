"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleMinus, RefreshCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { providerHealthListSchema, type ProviderHealth } from "#lib/domain/provider-health.ts";
import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { checkProviderConnection } from "#lib/providers/actions.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import { fetchJson } from "../layout/fetch-json.ts";
import { queryKeys } from "../layout/query-keys.ts";
import { ReadFailure } from "../layout/read-failure.tsx";
import { runAction } from "../layout/run-action.ts";
import { showToast } from "../layout/show-toast.ts";
import { ProviderName } from "../provider-name.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { callSentence, offsetWords, troubleLabels } from "./health-words.ts";

const refreshMilliseconds = 10_000;

/** How each provider answers: its trouble if there is any, the last error, calls, limits and clock. */
export function ProviderHealthPanel({ initial }: { initial: ProviderHealth[] }) {
  const query = useQuery({
    queryKey: queryKeys.providers(),
    queryFn: ({ signal }) => fetchJson("/api/providers", providerHealthListSchema, signal),
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
        <HealthBadge health={health} />
        {state?.trouble && state.pausedUntil && (
          <span className="text-small text-muted">
            asked again <Time value={state.pausedUntil} show="relative" />
          </span>
        )}
        {calls && <CheckButton provider={provider} />}
      </div>
      {calls && (
        <dl className="grid gap-x-6 gap-y-1 text-small sm:grid-cols-[9rem_1fr]">
          <Fact name="Calls">
            {callSentence(calls)} since <Time value={calls.since} />
          </Fact>
          <Fact name="Limits seen">
            <Limits calls={calls} />
          </Fact>
          <Fact name="Its clock">{offsetWords(calls.clockOffsetSeconds)}</Fact>
          <Fact name="Last error">
            <LastError health={health} />
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

function HealthBadge({ health: { state, calls } }: { health: ProviderHealth }) {
  if (!calls) return <Badge icon={<CircleMinus aria-hidden />}>no key</Badge>;
  if (state?.trouble) {
    return (
      <Badge tone="warning" icon={<TriangleAlert aria-hidden />}>
        {troubleLabels[state.trouble]}
      </Badge>
    );
  }
  if (calls.answeredRequests === 0) return <Badge icon={<CircleMinus aria-hidden />}>not called yet</Badge>;
  return (
    <Badge tone="succeeded" icon={<CircleCheck aria-hidden />}>
      answers
    </Badge>
  );
}

function Limits({ calls }: { calls: NonNullable<ProviderHealth["calls"]> }) {
  if (!calls.rateLimits) return <span className="text-muted">none told yet</span>;
  return (
    <ul className="flex flex-wrap gap-x-4">
      {calls.rateLimits.limits.map(({ name, limit, remaining }) => (
        <li key={name}>
          {name}: {formatNumber(remaining)} of {formatNumber(limit)} left
        </li>
      ))}
    </ul>
  );
}

/** The engine's note outlasts a restart; this process may have seen a later one. */
function LastError({ health: { state, calls } }: { health: ProviderHealth }) {
  const noted =
    state?.lastError && state.lastErrorAt ? { message: state.lastError, at: state.lastErrorAt } : null;
  const seen = calls?.lastError ?? null;
  const last = noted && seen ? (seen.at > noted.at ? seen : noted) : (seen ?? noted);
  if (!last) return <span className="text-muted">none</span>;
  return (
    <>
      {last.message} <Time value={last.at} show="relative" className="text-muted" />
    </>
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
