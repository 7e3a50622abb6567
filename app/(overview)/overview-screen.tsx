"use client";

import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";
import { serializeJobSearchParams } from "#app/jobs/search-params.ts";
import { formatNumber, formatQuantity } from "#components/format.ts";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { AttentionList } from "#components/overview/attention-list.tsx";
import { Figures } from "#components/overview/figures.tsx";
import { FirstSteps } from "#components/overview/first-steps.tsx";
import { ProviderStates } from "#components/overview/provider-states.tsx";
import { useVisit } from "#components/overview/use-visit.ts";
import { JobSetTable } from "#components/sets/job-set-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { Overview } from "#lib/domain/overview.ts";

const loadSchema = () => import("#lib/domain/overview.ts").then((file) => file.overviewSchema);

/** What the server draws for this page, as it takes longer or needs no script. */
type DrawnParts = { median: ReactNode; turnaround: ReactNode };

/** The first page: what runs, what needs somebody, how the providers deliver, and what was launched last. */
export function OverviewScreen({ initial, ...drawn }: { initial: Overview } & DrawnParts) {
  const query = useQuery({
    queryKey: queryKeys.overview(),
    queryFn: ({ signal }) => fetchJson("/api/overview", loadSchema, signal),
    initialData: initial,
  });
  const overview = query.data;
  useVisit(overview.readAt);
  useDrawnAnew(overview.readAt);
  return (
    <>
      <PageHeader
        title="Overview"
        state={stateOf(overview)}
        actions={
          overview.hasJobs && (
            <LinkButton href="/launch" variant="primary">
              <Rocket aria-hidden />
              Launch a job set
            </LinkButton>
          )
        }
      />
      {query.isError && <ReadFailure error={query.error} onRetry={() => void query.refetch()} />}
      {overview.hasJobs ? <OverviewPanels overview={overview} {...drawn} /> : <FirstSteps />}
    </>
  );
}

const drawnForMs = 60_000;

/** Has the server draw its parts again when what is shown has changed, at most once a minute. */
function useDrawnAnew(readAt: Date): void {
  const router = useRouter();
  const readAtMs = readAt.getTime();
  const drawnAtMs = useRef(readAtMs);
  useEffect(() => {
    if (readAtMs - drawnAtMs.current < drawnForMs) return;
    drawnAtMs.current = readAtMs;
    router.refresh();
  }, [readAtMs, router]);
}

const attentionHref = `/jobs${serializeJobSearchParams({ needsAttention: true })}`;

function OverviewPanels({ overview, median, turnaround }: { overview: Overview } & DrawnParts) {
  const { attention, attentionCount, ended } = overview;
  return (
    <div className="flex flex-col gap-4">
      <Figures
        overview={overview}
        endedHref={`/jobs${serializeJobSearchParams({ endedFrom: ended.since })}`}
        attentionHref={attentionHref}
        median={median}
      />
      <Panel title="Needs attention" hasPadding={false}>
        <AttentionList attention={attention} count={attentionCount} href={attentionHref} />
      </Panel>
      <Panel
        title="Providers"
        hasPadding={false}
        actions={
          <TextLink href="/providers" className="text-small">
            Limits, clocks and errors
          </TextLink>
        }
      >
        <ProviderStates providers={overview.providers} />
      </Panel>
      {turnaround}
      <Panel
        title="Latest job sets"
        hasPadding={false}
        actions={
          <TextLink href="/job-sets" className="text-small">
            All job sets
          </TextLink>
        }
      >
        <JobSetTable jobSets={overview.latestJobSets} />
      </Panel>
    </div>
  );
}

function stateOf(overview: Overview): string {
  if (!overview.hasJobs) return "Nothing was launched yet";
  const { running, attentionCount } = overview;
  const state =
    running.jobCount === 0 ? "Nothing is running" : `${formatQuantity(running.jobCount, "job")} running`;
  if (attentionCount === 0) return `${state}, nothing needs attention`;
  return `${state}, ${formatNumber(attentionCount)} ${attentionCount === 1 ? "needs" : "need"} attention`;
}
