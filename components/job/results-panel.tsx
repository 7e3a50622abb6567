import { Inbox, Search } from "lucide-react";
import { formatNumber } from "#components/format.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { controlStyle } from "#components/ui/control-style.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterToggle } from "#components/ui/filter-toggle.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Job } from "#lib/domain/job.ts";
import { resultOutcomeFilters, type ResultFilter, type ResultPage } from "#lib/domain/result-page.ts";
import { outcomeLabels } from "./outcome-name.tsx";
import { ResultsTable } from "./results-table.tsx";

type ResultsPanelProps = {
  job: Job;
  filter: ResultFilter;
  page: ResultPage;
  /** The page is the one of the filter before, shown until the new one arrives. */
  isOld: boolean;
  error: Error | null;
  onRetry: () => void;
  onFilter: (filter: Partial<Pick<ResultFilter, "outcome" | "search" | "page">>) => void;
};

/** The collected results beside their prompts, filtered by outcome. */
export function ResultsPanel({ job, filter, page, isOld, error, onRetry, onFilter }: ResultsPanelProps) {
  const showAll = () => onFilter({ outcome: null, search: "", page: 1 });
  return (
    <Panel id="results" title="Results" hasPadding={false} className="scroll-mt-4">
      {error && (
        <div className="px-4 pt-3">
          <ReadFailure error={error} onRetry={onRetry} />
        </div>
      )}
      {(job.collected?.lineCount ?? 0) > 0 && (
        <div data-print="hide" className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
          <SearchInput value={filter.search} onChange={(search) => onFilter({ search, page: 1 })} />
          <OutcomeFilter
            counts={page.outcomeCounts}
            value={filter.outcome}
            onValueChange={(outcome) => onFilter({ outcome, page: 1 })}
          />
        </div>
      )}
      {page.rows.length === 0 && isOld ? (
        <p className="px-4 py-12 text-center text-muted">Reading the results…</p>
      ) : page.rows.length === 0 ? (
        <NoResults
          job={job}
          isFiltered={filter.outcome !== null || filter.search !== "" || filter.page > 1}
          onShowAll={showAll}
        />
      ) : (
        <ResultsTable jobId={job.id} rows={page.rows} isOld={isOld} />
      )}
      <Pagination
        page={filter.page}
        pageSize={filter.pageSize}
        total={page.total}
        noun="result"
        onPage={(next) => onFilter({ page: next })}
      />
    </Panel>
  );
}

function SearchInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <div className="relative w-full sm:w-64">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <input
        type="search"
        aria-label="Search results"
        placeholder="Search prompts, answers, errors"
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        className={`${controlStyle} h-8 w-full pl-8`}
      />
    </div>
  );
}

type OutcomeFilterProps = {
  counts: ResultPage["outcomeCounts"];
  value: ResultFilter["outcome"];
  onValueChange: (outcome: ResultFilter["outcome"]) => void;
};

/** One button an outcome, with its count; an outcome that does not occur is left out unless it is chosen. */
function OutcomeFilter({ counts, value, onValueChange }: OutcomeFilterProps) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const shown = resultOutcomeFilters.filter((outcome) => counts[outcome] > 0 || outcome === value);
  return (
    <div role="group" aria-label="Outcome" className="flex flex-wrap gap-1.5">
      <FilterToggle isOn={value === null} onToggle={() => onValueChange(null)}>
        All <span className="text-muted">{formatNumber(all)}</span>
      </FilterToggle>
      {shown.map((outcome) => (
        <FilterToggle
          key={outcome}
          isOn={value === outcome}
          onToggle={() => onValueChange(value === outcome ? null : outcome)}
        >
          {outcomeLabels[outcome]} <span className="text-muted">{formatNumber(counts[outcome])}</span>
        </FilterToggle>
      ))}
    </div>
  );
}

function NoResults({ job, isFiltered, onShowAll }: { job: Job; isFiltered: boolean; onShowAll: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState title="No result here" action={<Button onClick={onShowAll}>Show all results</Button>}>
        No result has this outcome and this text, or the page is past the last one.
      </EmptyState>
    );
  }
  if (job.observed.resultsPrunedAt) {
    return (
      <EmptyState icon={<Inbox aria-hidden />} title="The results were deleted here to make room">
        Counts, tokens and times of the job are kept. Nothing was deleted at the provider.
      </EmptyState>
    );
  }
  if (job.step === "done") {
    return (
      <EmptyState icon={<Inbox aria-hidden />} title="No results">
        {job.providerJobId === null
          ? "The job was never at the provider."
          : "The provider gave no result lines for this job."}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<Inbox aria-hidden />} title="No results yet">
      They appear here by themselves when the job has ended and its results are collected.
    </EmptyState>
  );
}
