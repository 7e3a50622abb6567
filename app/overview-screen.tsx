"use client";

import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { formatNumber, formatQuantity } from "#components/format.ts";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { AttentionList } from "#components/overview/attention-list.tsx";
import { FirstSteps } from "#components/overview/first-steps.tsx";
import { Figures } from "#components/overview/figures.tsx";
import { ProviderStates } from "#components/overview/provider-states.tsx";
import { JobSetTable } from "#components/sets/job-set-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { overviewSchema, type Overview } from "#lib/domain/overview.ts";

/** The first page: what runs, what needs somebody, and what was launched last. */
export function OverviewScreen({ initial }: { initial: Overview }) {
  const query = useQuery({
    queryKey: queryKeys.overview(),
    queryFn: ({ signal }) => fetchJson("/api/overview", overviewSchema, signal),
    initialData: initial,
  });
  const overview = query.data;
  return (
    <>
      <PageHeader
        title="Overview"
        state={stateOf(overview)}
        actions={
          overview.totalJobs > 0 && (
            <LinkButton href="/launch" variant="primary">
              <Rocket aria-hidden />
              Launch a job set
            </LinkButton>
          )
        }
      />
      {query.isError && <ReadFailure error={query.error} onRetry={() => void query.refetch()} />}
      {overview.totalJobs === 0 ? <FirstSteps /> : <OverviewPanels overview={overview} />}
    </>
  );
}

function OverviewPanels({ overview }: { overview: Overview }) {
  const shownCount = overview.attention.length;
  return (
    <div className="flex flex-col gap-4">
      <Figures overview={overview} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Panel
          title="Needs attention"
          hasPadding={false}
          actions={
            overview.attentionCount > shownCount && (
              <span className="text-small text-muted">
                newest {shownCount} of {formatNumber(overview.attentionCount)}
              </span>
            )
          }
        >
          <AttentionList attention={overview.attention} />
        </Panel>
        <Panel title="Providers" hasPadding={false}>
          <ProviderStates providers={overview.providers} />
        </Panel>
      </div>
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
  if (overview.totalJobs === 0) return "Nothing was launched yet";
  const open = overview.runningJobs + overview.waitingJobs;
  const running = open === 0 ? "Nothing is running" : `${formatQuantity(open, "job")} in progress`;
  const { attentionCount } = overview;
  if (attentionCount === 0) return `${running}, nothing needs attention`;
  return `${running}, ${formatNumber(attentionCount)} ${attentionCount === 1 ? "needs" : "need"} attention`;
}
