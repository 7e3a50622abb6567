"use client";

import { useQuery } from "@tanstack/react-query";
import { Archive, ChartSpline, Rocket } from "lucide-react";
import { useState, type ReactNode } from "react";
import { jobFilterOfSet } from "#app/jobs/job-filter-of-set.ts";
import { serializeJobSearchParams } from "#app/jobs/search-params.ts";
import { JobListPanel } from "#app/jobs/job-list-panel.tsx";
import { formatNumber, formatQuantity } from "#components/format.ts";
import { defaultColumnIds } from "#components/jobs/job-columns.tsx";
import type { JobSort } from "#components/jobs/job-list.tsx";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { CancelSetButton } from "#components/sets/cancel-set-button.tsx";
import { jobSetTitle, requestCountOf } from "#components/sets/job-set-table.tsx";
import { LaneList } from "#components/sets/lane-list.tsx";
import { LaunchProgress } from "#components/sets/launch-progress.tsx";
import { setSentence } from "#components/sets/set-progress.ts";
import { Badge } from "#components/ui/badge.tsx";
import { CopyId } from "#components/ui/copy-id.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { JobPage } from "#lib/domain/job-page.ts";
import type { JobSetDetail, JobSetSummary } from "#lib/domain/job-set-summary.ts";

const loadSchema = () => import("#lib/domain/job-set-summary.ts").then((file) => file.jobSetDetailSchema);

/** One job set: how far each lane is, its jobs, and what can be done with what is left. */
export function JobSetScreen({ initial, initialJobs }: { initial: JobSetDetail; initialJobs: JobPage }) {
  const query = useQuery({
    queryKey: queryKeys.jobSet(initial.id),
    queryFn: ({ signal }) => fetchJson(`/api/job-sets/${initial.id}`, loadSchema, signal),
    initialData: initial,
  });
  const jobSet = query.data;
  return (
    <>
      <PageHeader
        title={jobSetTitle(jobSet)}
        badges={jobSet.isSimulated ? <Badge>simulated</Badge> : undefined}
        state={setSentence(jobSet)}
        actions={
          <>
            <CancelSetButton jobSet={jobSet} />
            <LinkButton href={`/launch?set=${jobSet.id}`}>
              <Rocket aria-hidden />
              Launch again
            </LinkButton>
            <LinkButton href={`/api/v1/job-sets/${jobSet.id}/archive`} download>
              <Archive aria-hidden />
              Download archive
            </LinkButton>
            <LinkButton href={`/compare?set=${jobSet.id}`} variant="primary">
              <ChartSpline aria-hidden />
              Compare turnaround
            </LinkButton>
          </>
        }
      />
      {query.isError && <ReadFailure error={query.error} onRetry={() => void query.refetch()} />}
      <LaunchProgress jobSet={jobSet} />
      <Panel title="Lanes" hasPadding={false} className="mb-4">
        <LaneList
          jobSet={jobSet}
          jobsHref={(lane) =>
            `/jobs${serializeJobSearchParams({ jobSetId: jobSet.id, providers: [lane.provider], model: lane.model })}`
          }
        />
      </Panel>
      <JobsOfSet jobSetId={jobSet.id} initialJobs={initialJobs} />
      <SetFacts jobSet={jobSet} />
    </>
  );
}

const columnIds = defaultColumnIds.filter((id) => id !== "jobSet");

function JobsOfSet({ jobSetId, initialJobs }: { jobSetId: string; initialJobs: JobPage }) {
  const [sort, setSort] = useState<JobSort>({ sort: "launched", direction: "desc" });
  const filter = jobFilterOfSet(jobSetId);
  return (
    <div className="mb-4">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 className="font-semibold">Jobs</h2>
        <TextLink href={`/jobs${serializeJobSearchParams({ jobSetId })}`} className="text-small">
          Filter
        </TextLink>
      </div>
      <JobListPanel
        filter={{ ...filter, ...sort }}
        initial={{ filter, page: initialJobs }}
        onSort={setSort}
        columnIds={columnIds}
        onShowAll={() => {}}
      />
    </div>
  );
}

function SetFacts({ jobSet }: { jobSet: JobSetSummary }) {
  const prompts =
    jobSet.promptSource === "builtIn"
      ? "Built-in prompts"
      : `${formatQuantity(jobSet.promptCount, "prompt")} of your own`;
  return (
    <Panel title="About this set">
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_1fr]">
        <Fact name="Launched">
          <Time value={jobSet.launchedAt} show="both" />
        </Fact>
        <Fact name="Requests">{formatNumber(requestCountOf(jobSet))}</Fact>
        <Fact name="Prompts">{prompts}</Fact>
        <Fact name="Time-out">{formatQuantity(jobSet.timeOutHours, "hour")}</Fact>
        <Fact name="Seed of the launch order">{jobSet.seed}</Fact>
        <Fact name="Set id">
          <CopyId id={jobSet.id} label="set id" length={24} />
        </Fact>
        {jobSet.notes && (
          <Fact name="Notes">
            <span className="break-words whitespace-pre-wrap">{jobSet.notes}</span>
          </Fact>
        )}
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
