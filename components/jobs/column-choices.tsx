"use client";

import { classNames } from "../ui/class-names.ts";
import { Button } from "../ui/button.tsx";
import { jobColumns } from "./job-columns.tsx";
import { useShownColumns } from "./use-shown-columns.ts";

/** Every column, to be shown or not. Narrow screens leave some of them out all the same. */
export function ColumnChoices() {
  const [shownIds, onChange] = useShownColumns();
  function toggle(id: string) {
    onChange(
      jobColumns.flatMap((column) =>
        shownIds.includes(column.id) !== (column.id === id) ? [column.id] : [],
      ),
    );
  }
  return (
    <div className="flex flex-col gap-0.5 p-1">
      {jobColumns.map((column) => (
        <label key={column.id} className="flex min-h-7 items-center gap-2 rounded-sm px-1.5 hover:bg-raised">
          <input
            type="checkbox"
            className="size-4"
            checked={shownIds.includes(column.id)}
            disabled={column.isFixed}
            onChange={() => toggle(column.id)}
          />
          {column.header}
          {column.noRoom && shownIds.includes(column.id) && (
            <span className={classNames("ml-auto pl-3 text-small text-muted", column.noRoom)}>
              window too narrow
            </span>
          )}
        </label>
      ))}
      <Button size="small" variant="ghost" className="mt-1" onClick={() => onChange(null)}>
        The usual columns
      </Button>
    </div>
  );
}
