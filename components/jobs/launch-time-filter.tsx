"use client";

import { Select } from "../ui/select.tsx";
import type { LaunchedWithin } from "#lib/domain/job-list-values.ts";
import type { BarFilter, ChangeFilter } from "./bar-filter.ts";

const withinLabels: Record<LaunchedWithin, string> = {
  "1h": "Launched within 1 h",
  "24h": "Launched within 24 h",
  "7d": "Launched within 7 d",
  "30d": "Launched within 30 d",
};
const everyTime = "*";
const ownRange = "range";

/** When the jobs were launched: a range that ends now. Other ranges stand under "More filters". */
export function LaunchTimeFilter({ filter, onChange }: { filter: BarFilter; onChange: ChangeFilter }) {
  const hasOwnRange = filter.launchedFrom !== null || filter.launchedTo !== null;
  const options = [
    { value: everyTime, label: "Launched any time" },
    ...Object.entries(withinLabels).map(([value, label]) => ({ value, label })),
    ...(hasOwnRange ? [{ value: ownRange, label: "Launched between …" }] : []),
  ];
  return (
    <Select
      isQuiet
      aria-label="Launched"
      className="w-42 any-pointer-coarse:w-48"
      value={filter.launchedWithin ?? (hasOwnRange ? ownRange : everyTime)}
      onValueChange={(value) => {
        if (value === ownRange) return;
        onChange({
          launchedWithin: isWithin(value) ? value : null,
          launchedFrom: null,
          launchedTo: null,
        });
      }}
      options={options}
    />
  );
}

function isWithin(value: string): value is LaunchedWithin {
  return value in withinLabels;
}
