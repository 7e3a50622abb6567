"use client";

import { Columns3 } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { LightPopover } from "../ui/light-popover.tsx";
import { jobColumns } from "./job-columns.tsx";

type ColumnChooserProps = {
  shownIds: readonly string[];
  onChange: (ids: readonly string[] | null) => void;
};

/** Which columns the list has. Narrow screens leave some of them out all the same. */
export function ColumnChooser({ shownIds, onChange }: ColumnChooserProps) {
  function toggle(id: string) {
    onChange(
      jobColumns.flatMap((column) =>
        shownIds.includes(column.id) !== (column.id === id) ? [column.id] : [],
      ),
    );
  }
  return (
    <LightPopover
      label="Columns"
      size="small"
      align="end"
      button={
        <>
          <Columns3 aria-hidden />
          Columns
        </>
      }
    >
      {() => (
        <div className="flex flex-col gap-0.5 p-1">
          {jobColumns.map((column) => (
            <label
              key={column.id}
              className="flex min-h-7 items-center gap-2 rounded-sm px-1.5 hover:bg-raised"
            >
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={shownIds.includes(column.id)}
                disabled={column.isFixed}
                onChange={() => toggle(column.id)}
              />
              {column.header}
            </label>
          ))}
          <Button size="small" variant="ghost" className="mt-1" onClick={() => onChange(null)}>
            The usual columns
          </Button>
        </div>
      )}
    </LightPopover>
  );
}
