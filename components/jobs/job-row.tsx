import { memo } from "react";
import type { JobListItem } from "#lib/domain/job-page.ts";
import { classNames } from "../ui/class-names.ts";
import { RowCheckbox } from "../ui/row-checkbox.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { JobColumn } from "./job-columns.tsx";
import { JobRowMenu } from "./job-row-menu.tsx";
import type { BulkAction } from "./use-bulk-action.ts";
import type { Choice } from "./use-list-keys.ts";

export const cellStyle = "block min-w-0 shrink-0 overflow-hidden px-2 whitespace-nowrap";
export const selectCell = "block w-8 shrink-0 px-2";
export const actionsCell = "block w-9 shrink-0 text-right";

const rowStyle =
  "absolute inset-x-0 flex h-(--job-row) items-center border-b border-line px-2 hover:bg-raised/60 " +
  "last:border-b-0 focus-visible:-outline-offset-2 aria-selected:bg-raised " +
  // A phone shows a few of the cards that a larger window would: the others cost nothing.
  "max-sm:not-print:[content-visibility:auto] " +
  "max-sm:grid max-sm:grid-cols-[auto_1fr_auto] max-sm:content-center max-sm:gap-y-0.5";

/** Written by the style sheet, so that lines, which have a header, need no element for it. */
const cardLabelStyle =
  "max-sm:before:mr-1.5 max-sm:before:text-small max-sm:before:text-muted max-sm:before:content-[attr(data-label)]";

type JobRowProps = {
  index: number;
  job: JobListItem;
  columns: readonly JobColumn[];
  isSelected: boolean;
  isActive: boolean;
  onChoose: (choice: Choice) => void;
  action: BulkAction;
};

/** One job as a line, or as a card on phones. */
export const JobRow = memo(
  function JobRow({ index, job, columns, isSelected, isActive, onChoose, action }: JobRowProps) {
    return (
      <tr
        role="row"
        data-index={index}
        aria-rowindex={index + 2}
        aria-selected={isSelected}
        tabIndex={isActive ? 0 : -1}
        className={rowStyle}
        style={placeOf(index)}
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onClick={(event) => {
          if (event.shiftKey) onChoose({ index, isRange: true });
        }}
      >
        <td role="gridcell" className={classNames(selectCell, "max-sm:row-start-1")}>
          <RowCheckbox
            aria-label={`Select job ${job.providerJobId ?? job.id}`}
            isChecked={isSelected}
            tabIndex={isActive ? 0 : -1}
            onToggle={(event) => {
              event.stopPropagation();
              onChoose({ index, isRange: event.shiftKey });
            }}
          />
        </td>
        {columns.map((column) => (
          <td
            key={column.id}
            role="gridcell"
            className={classNames(
              cellStyle,
              column.isNumeric && "text-right max-sm:text-left",
              column.cardLabel && cardLabelStyle,
              column.className,
            )}
            data-label={column.cardLabel}
          >
            {column.cell(job)}
          </td>
        ))}
        <td
          role="gridcell"
          className={classNames(actionsCell, "max-sm:col-start-3 max-sm:row-start-1 max-sm:w-auto")}
        >
          <JobRowMenu job={job} action={action} tabIndex={isActive ? 0 : -1} />
        </td>
      </tr>
    );
  },
  // The handlers are new at every drawing of the list and do the same; `columns` changes with its length.
  (before, after) =>
    before.job === after.job &&
    before.index === after.index &&
    before.isSelected === after.isSelected &&
    before.isActive === after.isActive &&
    before.columns.length === after.columns.length &&
    before.action.isBusy === after.action.isBusy,
);

/** The place of a job that is on its way. */
export function WaitingRow({ index, isActive }: { index: number; isActive: boolean }) {
  return (
    <tr
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={false}
      tabIndex={isActive ? 0 : -1}
      className={classNames(rowStyle, "gap-4 max-sm:flex")}
      style={placeOf(index)}
    >
      <td role="gridcell" className="flex flex-1 items-center gap-6 pl-8">
        <span className="sr-only">Reading</span>
        <Skeleton className="h-4 w-28" />
        <Skeleton className="h-4 flex-1" />
        <Skeleton className="h-4 w-28 max-sm:hidden" />
      </td>
    </tr>
  );
}

function placeOf(index: number) {
  return { top: `calc(var(--job-row) * ${index})` };
}
