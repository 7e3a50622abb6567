"use client";

import { SlidersHorizontal } from "lucide-react";
import { loadedPart } from "../ui/lazy-part.tsx";
import { LightPopover } from "../ui/light-popover.tsx";
import type { BarFilter, ChangeFilter } from "./bar-filter.ts";

const moreFiltersFields = loadedPart(() =>
  import("./more-filters-fields.tsx").then((file) => file.MoreFiltersFields),
);

/** Opens the filters that are needed now and then, and says how many of them are used. */
export function MoreFilters({ filter, onChange }: { filter: BarFilter; onChange: ChangeFilter }) {
  const usedCount = [
    filter.steps.length > 0,
    filter.origins.length > 0,
    filter.launchedFrom !== null || filter.launchedTo !== null,
    filter.endedFrom !== null,
    filter.needsAttention,
  ].filter(Boolean).length;
  return (
    <LightPopover
      label="More filters"
      className="p-3"
      prepare={moreFiltersFields.load}
      button={
        <>
          <SlidersHorizontal aria-hidden />
          More{usedCount > 0 && ` (${usedCount})`}
        </>
      }
    >
      {() => {
        const Fields = moreFiltersFields.current;
        return Fields && <Fields filter={filter} onChange={onChange} />;
      }}
    </LightPopover>
  );
}
