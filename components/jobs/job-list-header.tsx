import { ArrowDown, ArrowUp } from "lucide-react";
import { classNames } from "../ui/class-names.ts";
import { RowCheckbox } from "../ui/row-checkbox.tsx";
import { actionsCell, cellStyle, selectCell } from "./job-row.tsx";
import type { JobColumn } from "./job-columns.tsx";
import type { JobSort } from "./job-list.tsx";
import type { JobSelectionState } from "./use-job-selection.ts";

type JobListHeaderProps = {
  columns: readonly JobColumn[];
  sort: JobSort;
  onSort: (sort: JobSort) => void;
  selection: JobSelectionState;
  onSelectAll: () => void;
  isSticky: boolean;
};

/** The names of the columns, which sort; it stays at the top of the window. */
export function JobListHeader({
  columns,
  sort,
  onSort,
  selection,
  onSelectAll,
  isSticky,
}: JobListHeaderProps) {
  const cell = "text-small font-medium text-muted";
  return (
    <thead
      role="rowgroup"
      className={classNames("block rounded-t bg-panel max-sm:hidden", isSticky && "sticky top-0 z-10")}
    >
      <tr role="row" aria-rowindex={1} className="flex h-9 items-center border-b border-line px-2">
        <th role="columnheader" className={classNames(selectCell, cell)}>
          <RowCheckbox
            aria-label="Select all jobs that match"
            isChecked={selection.isMatching}
            isIndeterminate={selection.count > 0}
            onToggle={() => (selection.isMatching ? selection.clear() : onSelectAll())}
          />
        </th>
        {columns.map((column) => (
          <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} className={cell} />
        ))}
        <th role="columnheader" className={classNames(actionsCell, cell)}>
          <span className="sr-only">Actions</span>
        </th>
      </tr>
    </thead>
  );
}

type HeaderCellProps = Pick<JobListHeaderProps, "sort" | "onSort"> & {
  column: JobColumn;
  className: string;
};

function HeaderCell({ column, sort, onSort, className }: HeaderCellProps) {
  const key = column.sort;
  const isSorted = key !== undefined && key === sort.sort;
  const isAscending = sort.direction === "asc";
  const Arrow = isAscending ? ArrowUp : ArrowDown;
  return (
    <th
      role="columnheader"
      aria-sort={isSorted ? (isAscending ? "ascending" : "descending") : undefined}
      className={classNames(
        cellStyle,
        column.isNumeric ? "text-right" : "text-left",
        className,
        column.className,
      )}
    >
      {key === undefined ? (
        column.header
      ) : (
        <button
          type="button"
          className="inline-flex h-7 items-center gap-1 rounded-xs hover:text-ink"
          onClick={() => onSort({ sort: key, direction: isSorted && !isAscending ? "asc" : "desc" })}
        >
          {column.header}
          {isSorted && <Arrow aria-hidden className="size-3.5" />}
        </button>
      )}
    </th>
  );
}
