"use client";

import { ChartSpline, Printer, Rocket } from "lucide-react";
import { useQueryStates } from "nuqs";
import { CompareFilters, isNarrowed } from "#components/charts/compare-filters.tsx";
import { ComparisonReport } from "#components/charts/comparison-report.tsx";
import { formatNumber, formatQuantity } from "#components/format.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import {
  comparisonFilterOf,
  comparisonSearchParams,
  comparisonUrlKeys,
  displaySearchParams,
  displayUrlKeys,
} from "./search-params.ts";
import { useComparison, useHeatMaps } from "./use-comparison.ts";

type CompareScreenProps = { initialFilter: ComparisonFilter; initialComparison: Comparison };

/** How long each provider takes, for the chosen jobs; live. */
export function CompareScreen({ initialFilter, initialComparison }: CompareScreenProps) {
  const [values, setFilter] = useQueryStates(comparisonSearchParams, { urlKeys: comparisonUrlKeys });
  const [display, setDisplay] = useQueryStates(displaySearchParams, { urlKeys: displayUrlKeys });
  const filter = comparisonFilterOf(values);
  const query = useComparison(filter, { filter: initialFilter, comparison: initialComparison });
  const heatMaps = useHeatMaps(filter);
  const comparison = query.data ?? initialComparison;
  // What is known is of other jobs than those that were chosen, and theirs could not be read.
  const isOfOthers = query.isError && query.data === undefined;
  const isEmpty = comparison.groups.length === 0;
  const isFiltered = isNarrowed(filter) || comparison.hasOtherKind;
  const changeFilter = (change: Partial<ComparisonFilter>) => {
    void setFilter(change);
    // The keys of another grouping name other groups.
    if (change.groupBy) void setDisplay({ shown: null });
  };
  return (
    <>
      <PageHeader
        title="Compare"
        badges={comparison.isSimulated && !isEmpty && <Badge>simulated</Badge>}
        state={isOfOthers ? "The chosen jobs could not be read." : describeComparison(comparison)}
        actions={
          !isEmpty &&
          !isOfOthers && (
            <Button onClick={() => window.print()} data-print="hide">
              <Printer aria-hidden />
              Print
            </Button>
          )
        }
      />
      <div className="flex flex-col gap-4">
        {(!isEmpty || isFiltered) && (
          <CompareFilters comparison={comparison} filter={filter} onChange={changeFilter} />
        )}
        {query.isError && <ReadFailure error={query.error} onRetry={() => void query.refetch()} />}
        {isOfOthers ? null : isEmpty ? (
          <NothingToCompare
            isFiltered={isFiltered}
            onUnpair={filter.isPaired ? () => changeFilter({ isPaired: false }) : null}
          />
        ) : (
          <div className={query.isPlaceholderData ? "opacity-60" : undefined}>
            <ComparisonReport
              comparison={comparison}
              heatMaps={{
                maps: heatMaps.data ?? null,
                error: heatMaps.error,
                onRetry: () => void heatMaps.refetch(),
              }}
              filter={filter}
              display={display}
              onFilter={changeFilter}
              onDisplay={(change) => void setDisplay(change)}
            />
          </div>
        )}
      </div>
    </>
  );
}

function describeComparison({ groups, isSimulated, hasOtherKind }: Comparison): string {
  if (groups.length === 0) return "How long each provider takes to deliver a job.";
  const jobCount = groups.reduce((sum, group) => sum + group.jobCount, 0);
  const unfinished = groups.reduce((sum, group) => sum + group.unfinishedCount, 0);
  const providerCount = new Set(groups.map(({ provider }) => provider)).size;
  const kind = isSimulated ? "simulated " : "";
  const other = hasOtherKind ? ` ${isSimulated ? "Real" : "Simulated"} jobs are not mixed in.` : "";
  const open = unfinished > 0 ? `, ${formatNumber(unfinished)} of them unfinished` : "";
  return `${formatQuantity(jobCount, `${kind}job`)} on ${formatQuantity(providerCount, "provider")}${open}.${other}`;
}

type NothingToCompareProps = { isFiltered: boolean; onUnpair: (() => void) | null };

function NothingToCompare({ isFiltered, onUnpair }: NothingToCompareProps) {
  return (
    <Panel>
      {onUnpair ? (
        <EmptyState
          icon={<ChartSpline aria-hidden />}
          title="No wave has a job of every group"
          action={<Button onClick={onUnpair}>Compare all jobs</Button>}
        >
          Only jobs that all groups launched within the same minutes are compared, and there are none.
        </EmptyState>
      ) : isFiltered ? (
        <EmptyState icon={<ChartSpline aria-hidden />} title="No job matches this choice">
          Choose other jobs above, or clear the choice.
        </EmptyState>
      ) : (
        <EmptyState
          icon={<ChartSpline aria-hidden />}
          title="Nothing to compare yet"
          action={
            <LinkButton href="/launch" variant="primary">
              <Rocket aria-hidden />
              Launch a job set
            </LinkButton>
          }
        >
          Launch the same work on several providers. Their turnaround appears here while the jobs end.
        </EmptyState>
      )}
    </Panel>
  );
}
