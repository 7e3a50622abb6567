"use client";

import { SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { JobList, type JobSort } from "#components/jobs/job-list.tsx";
import { JobSelectionBar } from "#components/jobs/job-selection-bar.tsx";
import { useBulkAction } from "#components/jobs/use-bulk-action.ts";
import { useJobSelection } from "#components/jobs/use-job-selection.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { useStableCallback } from "#components/layout/use-stable-callback.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { pageSizes } from "#lib/domain/job-page.ts";
import { useJobList, type InitialJobs } from "./use-job-list.ts";
import type { JobUrlFilter } from "./use-job-filter.ts";

/** Asked for only when somebody wants to cancel or delete. */
const BulkDialog = dynamic(() =>
  import("#components/jobs/bulk-dialog.tsx").then((module) => module.BulkDialog),
);

type JobListPanelProps = {
  filter: JobUrlFilter;
  initial: InitialJobs;
  onSort: (sort: JobSort) => void;
  columnIds: readonly string[];
  /** Leads out of a filter that leaves nothing. */
  onShowAll: () => void;
};

/** The rows that a filter leaves, live, with what can be done with those that are chosen. */
export function JobListPanel({ filter, initial, onSort, columnIds, onShowAll }: JobListPanelProps) {
  const [inSight, setInSight] = useState({ first: 0, last: pageSizes.jobRows - 1 });
  const list = useJobList(filter, inSight, initial);
  const total = list.counts?.total ?? 0;
  const selection = useJobSelection(list.query, total);
  const action = useBulkAction(selection.clear);
  const onSight = useStableCallback((next: typeof inSight) =>
    setInSight((old) => (old.first === next.first && old.last === next.last ? old : next)),
  );
  function selectAll() {
    selection.selectMatching({ ...filter, page: 1, pageSize: pageSizes.jobRows });
  }
  return (
    <>
      {list.error && <ReadFailure error={list.error} onRetry={list.retry} />}
      <section aria-label="Jobs" className="min-w-0 rounded border border-line bg-panel">
        {total === 0 && !list.isOld ? (
          <NoMatch onShowAll={onShowAll} />
        ) : (
          <JobList
            total={total}
            jobAt={list.jobAt}
            readJobs={list.readJobs}
            onSight={onSight}
            sort={filter}
            onSort={onSort}
            columnIds={columnIds}
            selection={selection}
            onSelectAll={selectAll}
            action={action}
            isOld={list.isOld}
          />
        )}
      </section>
      <JobSelectionBar selection={selection} action={action} total={total} onSelectAll={selectAll} />
      {action.asked && <BulkDialog action={action} />}
    </>
  );
}

function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="No job matches"
      action={<Button onClick={onShowAll}>Remove all filters</Button>}
    >
      Search looks at job ids, names of job sets and models. Loosen a filter to see more.
    </EmptyState>
  );
}
