"use client";

import { useDeferredValue, useEffect, useRef, useState } from "react";
import type { JobFilter, JobListItem } from "#lib/domain/job-page.ts";
import { useStableCallback } from "../layout/use-stable-callback.ts";
import { formatNumber } from "../format.ts";
import { classNames } from "../ui/class-names.ts";
import { JobListHeader } from "./job-list-header.tsx";
import { JobRow, WaitingRow } from "./job-row.tsx";
import { jobColumns } from "./job-columns.tsx";
import type { BulkAction } from "./use-bulk-action.ts";
import { useListKeys } from "./use-list-keys.ts";
import type { JobSelectionState } from "./use-job-selection.ts";
import { useRowHeight } from "./use-row-height.ts";
import { useRowsInSight, type RowsInSight } from "./use-rows-in-sight.ts";

export type JobSort = Pick<JobFilter, "sort" | "direction">;

type JobListProps = {
  total: number;
  jobAt: (index: number) => JobListItem | undefined;
  /** Reads a stretch of the list, for a range that is chosen across rows that are out of sight. */
  readJobs: (first: number, last: number) => Promise<JobListItem[]>;
  /** Hears which rows are in sight, at most ten times a second. */
  onSight: (rows: { first: number; last: number }) => void;
  sort: JobSort;
  onSort: (sort: JobSort) => void;
  columnIds: readonly string[];
  selection: JobSelectionState;
  onSelectAll: () => void;
  action: BulkAction;
  /** Still the rows of the filter before. */
  isOld: boolean;
  /** Names the filter whose rows these are. */
  shownQuery: string;
};

/** Rows that are drawn beyond the screen, and read beyond it. */
const overscan = 12;
const readAhead = 30;
const sightIntervalMilliseconds = 100;

/**
 * All jobs of a filter as one long list, of which only the rows in sight exist. The page itself scrolls, so that the
 * place is kept on the way back. Arrow keys move, shift adds, space chooses, enter opens. The roles are written out,
 * because `display` takes a table's meaning away.
 */
export function JobList(props: JobListProps) {
  const { total, jobAt, columnIds, selection } = props;
  const rowHeight = useRowHeight();
  const bodyRef = useRef<HTMLTableSectionElement>(null);
  const [activeIndex, setActiveIndex] = useState(0);
  const active = Math.min(activeIndex, Math.max(0, total - 1));
  const rows = useRowsInSight(bodyRef, { total, rowHeight });
  useSight(rows, total, props.onSight);
  const keys = useListKeys({
    ...props,
    active,
    bodyRef,
    onActive: setActiveIndex,
    scrollTo: rows.scrollTo,
  });
  const onChoose = useStableCallback(keys.choose);
  const columns = jobColumns.filter(({ id }) => columnIds.includes(id));
  const hasExtras = columns.some((column) => column.isExtra);
  // Of another list, what is in sight is drawn first; the rows beyond come when that is on the screen.
  const hasDrawnSight = useDeferredValue(props.shownQuery) === props.shownQuery;
  const indexes = drawnRows(rows, total, hasDrawnSight);
  // The row that holds the focus stays, however far the page is scrolled.
  if (total > 0) indexes.add(active);
  return (
    <div className={hasExtras ? "sm:overflow-x-auto" : undefined}>
      <table
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- its rows are walked by keys, which makes a table a grid
        role="grid"
        onKeyDown={keys.onKeyDown}
        onFocus={keys.onFocus}
        onBlur={keys.onBlur}
        aria-label="Jobs"
        aria-rowcount={total + 1}
        aria-multiselectable
        aria-busy={props.isOld || undefined}
        className={classNames(
          "block text-base [--job-row:8rem] sm:[--job-row:2.25rem]",
          hasExtras && "sm:min-w-[80rem]",
          props.isOld && "opacity-60",
        )}
      >
        <JobListHeader
          columns={columns}
          sort={props.sort}
          onSort={props.onSort}
          selection={selection}
          onSelectAll={props.onSelectAll}
          isSticky={!hasExtras}
        />
        <tbody
          ref={bodyRef}
          role="rowgroup"
          className="relative block"
          style={{ height: `calc(var(--job-row) * ${total})` }}
        >
          {[...indexes]
            .toSorted((left, right) => left - right)
            .map((index) => {
              const job = jobAt(index);
              const isActive = index === active;
              if (!job) return <WaitingRow key={`at ${index}`} index={index} isActive={isActive} />;
              return (
                <JobRow
                  key={job.id}
                  index={index}
                  job={job}
                  columns={columns}
                  isSelected={selection.isSelected(job.id)}
                  isActive={isActive}
                  onChoose={onChoose}
                  action={props.action}
                />
              );
            })}
        </tbody>
      </table>
      {indexes.size < total && (
        <p className="hidden px-4 py-2 text-small text-muted print:block">
          Only the rows in sight are printed. Export the list as CSV for all {formatNumber(total)}.
        </p>
      )}
    </div>
  );
}

function drawnRows(
  { first, last, isMeasured }: RowsInSight,
  total: number,
  hasDrawnSight: boolean,
): Set<number> {
  const beyond = isMeasured && hasDrawnSight ? overscan : 0;
  const start = Math.max(0, first - beyond);
  const end = Math.min(total, last + beyond + 1);
  return new Set(Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index));
}

/** Passes on which rows are in sight: the first time at once, then at intervals, so that a quick scroll reads little. */
function useSight(rows: RowsInSight, total: number, onSight: JobListProps["onSight"]): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef({ first: 0, last: 0 });
  const first = Math.max(0, rows.first - readAhead);
  const last = Math.max(0, Math.min(total - 1, rows.last + readAhead));
  useEffect(() => {
    latest.current = { first, last };
    timer.current ??= setTimeout(() => {
      timer.current = null;
      onSight(latest.current);
    }, sightIntervalMilliseconds);
  }, [first, last, onSight]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}
