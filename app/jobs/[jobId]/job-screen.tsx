"use client";

import { useQuery } from "@tanstack/react-query";
import { debounce, useQueryStates } from "nuqs";
import { StatusChip } from "#components/jobs/status-chip.tsx";
import { formatQuantity } from "#components/format.ts";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import { showToast } from "#components/layout/show-toast.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { useNow } from "#components/layout/use-now.ts";
import { Sentence } from "#components/sentence.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PanelBoundary } from "#components/ui/panel-boundary.tsx";
import type { ErrorKind } from "#lib/domain/error-kind.ts";
import type { JobDetail } from "#lib/domain/job-detail.ts";
import type { Job } from "#lib/domain/job.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import { ErrorKinds } from "#components/job/error-kinds.tsx";
import { JobActions } from "#components/job/job-actions.tsx";
import { describeBasis, estimateWords } from "#components/jobs/estimate-words.ts";
import { attentionOf } from "#components/job/job-attention.ts";
import { JobCounts } from "#components/job/job-counts.tsx";
import { JobFacts } from "#components/job/job-facts.tsx";
import { describeState } from "#components/job/job-state.ts";
import { RawObject } from "#components/job/raw-object.tsx";
import { ResultsPanel } from "#components/job/results-panel.tsx";
import { supportSummary } from "#components/job/support-summary.ts";
import { Timeline } from "#components/job/timeline.tsx";
import { WaitingPanel } from "#components/job/waiting-panel.tsx";
import { resultFilterOf, resultSearchParams, resultUrlKeys } from "./search-params.ts";
import { useResultPage, type InitialResults } from "./use-result-page.ts";

const loadJobDetailSchema = () => import("#lib/domain/job-detail.ts").then((file) => file.jobDetailSchema);

const loadErrorKindListSchema = () =>
  import("#lib/domain/error-kind.ts").then((file) => file.errorKindListSchema);

type JobScreenProps = {
  initialDetail: JobDetail;
  initialResults: InitialResults;
  initialErrorKinds: ErrorKind[];
};

/** Everything about one job, live. */
export function JobScreen({ initialDetail, initialResults, initialErrorKinds }: JobScreenProps) {
  const jobId = initialDetail.job.id;
  const detail = useQuery({
    queryKey: queryKeys.job(jobId),
    queryFn: ({ signal }) => fetchJson(`/api/jobs/${jobId}`, loadJobDetailSchema, signal),
    initialData: initialDetail,
  });
  const { job, raw } = detail.data;
  const kinds = useErrorKinds(job, initialResults.collectedAt, initialErrorKinds);
  const [values, setFilter] = useQueryStates(resultSearchParams, { urlKeys: resultUrlKeys });
  const filter = resultFilterOf(values);
  const results = useResultPage(job, filter, initialResults);
  return (
    <>
      <JobHeader job={job} onCopySummary={() => void copySummary(supportSummary(detail.data, kinds.data))} />
      <div className="flex flex-col gap-4">
        {detail.isError && <ReadFailure error={detail.error} onRetry={() => void detail.refetch()} />}
        <JobAttentionList job={job} />
        <PanelBoundary name="the reasons">
          <WaitingPanel detail={detail.data} />
        </PanelBoundary>
        <PanelBoundary name="the timeline">
          <Panel title="Timeline">
            <Timeline job={job} />
          </Panel>
        </PanelBoundary>
        <div className="grid gap-4 lg:grid-cols-2">
          <PanelBoundary name="the counts">
            <JobCounts job={job} />
          </PanelBoundary>
          <PanelBoundary name="the facts">
            <JobFacts job={job} />
          </PanelBoundary>
        </div>
        <PanelBoundary name="the errors">
          <ErrorKinds
            job={job}
            kinds={kinds.data}
            error={kinds.error}
            onRetry={() => void kinds.refetch()}
            onShow={(shown) => {
              void setFilter({ ...shown, page: 1 });
              document.getElementById("results")?.scrollIntoView();
            }}
          />
        </PanelBoundary>
        <PanelBoundary name="the results">
          <ResultsPanel
            job={job}
            filter={filter}
            page={results.data ?? initialResults.page}
            isOld={results.isPlaceholderData}
            error={results.error}
            onRetry={() => void results.refetch()}
            onFilter={(change) =>
              void setFilter(change, { limitUrlUpdates: change.search ? debounce(250) : undefined })
            }
          />
        </PanelBoundary>
        <PanelBoundary name="the provider's object">
          <RawObject raw={raw} provider={job.provider} />
        </PanelBoundary>
      </div>
    </>
  );
}

/** The moment of collection is a part of the key: newly collected results have other errors. */
function useErrorKinds(job: Job, initialCollectedAt: Date | null, initialData: ErrorKind[]) {
  const collectedAt = job.observed.collectedAt?.getTime() ?? null;
  const isInitial = collectedAt === (initialCollectedAt?.getTime() ?? null);
  const query = useQuery({
    queryKey: queryKeys.errorKinds(job.id, collectedAt),
    queryFn: ({ signal }) => fetchJson(`/api/jobs/${job.id}/errors`, loadErrorKindListSchema, signal),
    initialData: isInitial ? initialData : undefined,
  });
  return { ...query, data: query.data ?? [] };
}

async function copySummary(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    void showToast("success", "The summary is copied. It holds ids, times and errors, and no key.");
  } catch {
    void showToast("error", "The browser did not allow copying.", { description: text });
  }
}

function JobHeader({ job, onCopySummary }: { job: JobDetail["job"]; onCopySummary: () => void }) {
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
          <Sentence parts={describeState(job, now)} />
          {job.userStatus === "IN_PROGRESS" && job.estimate && (
            <span title={describeBasis(job.estimate)}>
              {" "}
              Likely to end {estimateWords(job.estimate, now)}, by{" "}
              {formatQuantity(job.estimate.jobCount, "job")} like it.
            </span>
          )}
        </p>
      }
      actions={<JobActions job={job} onCopySummary={onCopySummary} />}
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
