"use client";

import { useTable, type RowSelectionState } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { Dispatch, ReactNode, SetStateAction } from "react";
import type { JobFilter, JobListItem } from "#lib/domain/job-page.ts";
import { classNames } from "../ui/class-names.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { jobColumnLooks, jobColumns, jobTableFeatures } from "./job-columns.tsx";

type JobSort = Pick<JobFilter, "sort" | "direction">;

type JobTableProps = {
  jobs: JobListItem[];
  /** Leave out where the order is fixed. */
  sort?: JobSort;
  onSort?: (sort: JobSort) => void;
  selection: RowSelectionState;
  onSelectionChange: Dispatch<SetStateAction<RowSelectionState>>;
  /** Columns to leave out, such as the job set on its own page. */
  hiddenColumns?: readonly string[];
};

const none: readonly string[] = [];

/** Jobs as a dense table; on phones each row becomes a card. The roles are written out because the cards drop them. */
export function JobTable({
  jobs,
  sort,
  onSort,
  selection,
  onSelectionChange,
  hiddenColumns = none,
}: JobTableProps) {
  const table = useTable({
    features: jobTableFeatures,
    columns: jobColumns,
    data: jobs,
    getRowId: (job) => job.id,
    state: { rowSelection: selection },
    onRowSelectionChange: onSelectionChange,
  });
  const isShown = (columnId: string) => !hiddenColumns.includes(columnId);
  return (
    <Table role="table" className="max-sm:block">
      <TableHead role="rowgroup" className="max-sm:hidden">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} role="row">
            {group.headers
              .filter((header) => isShown(header.column.id))
              .map((header) => (
                <JobHeader key={header.id} columnId={header.column.id} sort={sort} onSort={onSort}>
                  <table.FlexRender header={header} />
                </JobHeader>
              ))}
          </tr>
        ))}
      </TableHead>
      <TableBody role="rowgroup" className="max-sm:block">
        {table.getRowModel().rows.map((row) => (
          <TableRow
            key={row.id}
            role="row"
            isSelected={row.getIsSelected()}
            className="hover:bg-raised/60 max-sm:grid max-sm:grid-cols-[auto_1fr_auto] max-sm:items-center max-sm:gap-y-1 max-sm:py-2"
          >
            {row
              .getAllCells()
              .filter((cell) => isShown(cell.column.id))
              .map((cell) => (
                <JobCell key={cell.id} columnId={cell.column.id}>
                  <table.FlexRender cell={cell} />
                </JobCell>
              ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type JobHeaderProps = {
  columnId: string;
  sort?: JobSort;
  onSort?: (sort: JobSort) => void;
  children: ReactNode;
};

function JobHeader({ columnId, sort, onSort, children }: JobHeaderProps) {
  const look = jobColumnLooks[columnId];
  const column = look?.sort;
  const isSorted = sort !== undefined && column === sort.sort;
  const ariaSort = isSorted ? (sort.direction === "asc" ? "ascending" : "descending") : undefined;
  const Arrow = sort?.direction === "asc" ? ArrowUp : ArrowDown;
  return (
    <TableHeader
      role="columnheader"
      isNumeric={look?.isNumeric}
      className={look?.className}
      aria-sort={ariaSort}
    >
      {column && onSort ? (
        <button
          type="button"
          className="inline-flex h-7 items-center gap-1 rounded-xs hover:text-ink"
          onClick={() =>
            onSort({ sort: column, direction: isSorted && sort.direction === "desc" ? "asc" : "desc" })
          }
        >
          {children}
          {isSorted && <Arrow aria-hidden className="size-3.5" />}
        </button>
      ) : (
        children
      )}
    </TableHeader>
  );
}

function JobCell({ columnId, children }: { columnId: string; children: ReactNode }) {
  const look = jobColumnLooks[columnId];
  return (
    <TableCell
      role="cell"
      isNumeric={look?.isNumeric}
      className={classNames("max-sm:h-auto max-sm:py-0 max-sm:text-left", look?.className)}
    >
      {look?.cardLabel && <span className="mr-1.5 text-small text-muted sm:hidden">{look.cardLabel}</span>}
      {children}
    </TableCell>
  );
}
