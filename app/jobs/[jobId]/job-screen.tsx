"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { StatusChip } from "#components/jobs/status-chip.tsx";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { useNow } from "#components/layout/use-now.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { jobDetailSchema, type JobDetail } from "#lib/domain/job-detail.ts";
import type { Job } from "#lib/domain/job.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import { JobActions } from "#components/job/job-actions.tsx";
import { attentionOf } from "#components/job/job-attention.ts";
import { JobCounts } from "#components/job/job-counts.tsx";
import { JobFacts } from "#components/job/job-facts.tsx";
import { describeState } from "#components/job/job-state.ts";
import { RawObject } from "#components/job/raw-object.tsx";
import { ResultsPanel } from "#components/job/results-panel.tsx";
import { Timeline } from "#components/job/timeline.tsx";
import { resultFilterOf, resultSearchParams } from "./search-params.ts";
import { useResultPage, type InitialResults } from "./use-result-page.ts";

type JobScreenProps = {
  initialDetail: JobDetail;
  initialResults: InitialResults;
};

/** Everything about one job, live. */
export function JobScreen({ initialDetail, initialResults }: JobScreenProps) {
  const jobId = initialDetail.job.id;
  const detail = useQuery({
    queryKey: queryKeys.job(jobId),
    queryFn: ({ signal }) => fetchJson(`/api/jobs/${jobId}`, jobDetailSchema, signal),
    initialData: initialDetail,
  });
  const { job, raw } = detail.data;
  const [values, setFilter] = useQueryStates(resultSearchParams);
  const filter = resultFilterOf(values);
  const results = useResultPage(job, filter, initialResults);
  return (
    <>
      <JobHeader job={job} />
      <div className="flex flex-col gap-4">
        {detail.isError && <ReadFailure error={detail.error} onRetry={() => void detail.refetch()} />}
        <JobAttentionList job={job} />
        <Panel title="Timeline">
          <Timeline job={job} />
        </Panel>
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <JobCounts job={job} />
          <JobFacts job={job} />
        </div>
        <ResultsPanel
          job={job}
          filter={filter}
          page={results.data ?? initialResults.page}
          isOld={results.isPlaceholderData}
          error={results.error}
          onRetry={() => void results.refetch()}
          onFilter={({ outcome, page }) => setFilter({ outcome, page })}
        />
        <RawObject raw={raw} provider={job.provider} />
      </div>
    </>
  );
}

function JobHeader({ job }: { job: JobDetail["job"] }) {
  const now = useNow();
  return (
    <PageHeader
      title={`${providerLabels[job.provider]} job`}
      badges={
        <>
          <StatusChip job={job} />
          {job.isSimulated && <Badge>simulated</Badge>}
        </>
      }
      state={
        <p role="status" aria-live="off">
          {describeState(job, now)}
        </p>
      }
      actions={<JobActions job={job} />}
    />
  );
}

function JobAttentionList({ job }: { job: Job }) {
  return attentionOf(job).map(({ kind, title, message, advice }) => (
    <Notice key={title} kind={kind} title={title}>
      {message || advice ? (
        <>
          {message && <p className="whitespace-pre-line">{message}</p>}
          {advice && <p className="text-ink">{advice}</p>}
        </>
      ) : undefined}
    </Notice>
  ));
}
