"use client";

import { SearchX } from "lucide-react";
import { useState } from "react";
import { JobList, type JobSort } from "#components/jobs/job-list.tsx";
import { jobRowEntries } from "#components/jobs/job-row-menu.tsx";
import { useBulkAction } from "#components/jobs/use-bulk-action.ts";
import { useJobSelection } from "#components/jobs/use-job-selection.ts";
import { useHydrated } from "#components/layout/use-hydrated.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { useStableCallback } from "#components/layout/use-stable-callback.ts";
import { useShownColumns } from "#components/jobs/use-shown-columns.ts";
import { Button } from "#components/ui/button.tsx";
import { lazyPart, usePreload } from "#components/ui/lazy-part.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { pageSizes } from "#lib/domain/job-list-values.ts";
import { useJobList } from "./use-job-list.ts";
import type { InitialJobs } from "./use-job-counts.ts";
import type { JobUrlFilter } from "./use-job-filter.ts";

/** Asked for only when somebody wants to cancel or delete. */
const BulkDialog = lazyPart(() =>
  import("#components/jobs/bulk-dialog.tsx").then((module) => module.BulkDialog),
);

/** Comes when the first job is chosen. */
const JobSelectionBar = lazyPart(() =>
  import("#components/jobs/job-selection-bar.tsx").then((module) => module.JobSelectionBar),
);

type JobListPanelProps = {
  filter: JobUrlFilter;
  initial: InitialJobs;
  onSort: (sort: JobSort) => void;
  /** The columns that the user chose, unless given. */
  columnIds?: readonly string[];
  /** Leads out of a filter that leaves nothing. */
  onShowAll: () => void;
};

/** The rows that a filter leaves, live, with what can be done with those that are chosen. */
export function JobListPanel({ filter, initial, onSort, columnIds, onShowAll }: JobListPanelProps) {
  usePreload(BulkDialog);
  usePreload(JobSelectionBar);
  usePreload(jobRowEntries);
  const [inSight, setInSight] = useState({ first: 0, last: pageSizes.jobRows - 1 });
  const isHydrated = useHydrated();
  const [chosenIds] = useShownColumns();
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
      <section
        aria-label="Jobs"
        aria-busy={!isHydrated || undefined}
        className="relative min-w-0 rounded border border-line bg-panel"
      >
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
            columnIds={columnIds ?? chosenIds}
            selection={selection}
            onSelectAll={selectAll}
            action={action}
            isOld={list.isOld}
            shownQuery={list.shownQuery}
          />
        )}
        {/* The server has drawn it; a press before the browser has taken it over would be lost. The attribute for this,
            inert, would have every row styled anew when it goes. */}
        {!isHydrated && <div className="absolute inset-0 z-20" />}
      </section>
      {(selection.selection !== null || action.running !== null) && (
        <JobSelectionBar selection={selection} action={action} total={total} onSelectAll={selectAll} />
      )}
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
