"use client";

import { jobOrigins, jobSteps, type JobOrigin, type JobStep } from "#lib/domain/job-values.ts";
import { controlStyle } from "../ui/control-style.ts";
import { FilterToggle } from "../ui/filter-toggle.tsx";
import { useTimeZone } from "../layout/use-time-zone.ts";
import { toggled, type BarFilter, type ChangeFilter } from "./bar-filter.ts";
import { momentOf, wallTimeOf } from "./wall-time.ts";

const stepLabels: Record<JobStep, string> = {
  submit: "Waits to be sent",
  poll: "At the provider",
  collect: "Results on their way",
  done: "Done",
};
const originLabels: Record<JobOrigin, string> = {
  launched: "Launched here",
  adopted: "Found at the provider",
  imported: "From a report file",
};

type MoreFiltersFieldsProps = { filter: BarFilter; onChange: ChangeFilter };

/** Filters that are needed now and then: the step, where a job comes from, and any range of time. */
export function MoreFiltersFields({ filter, onChange }: MoreFiltersFieldsProps) {
  return (
    <div className="flex w-76 max-w-full flex-col gap-3">
      <ToggleGroup
        title="Step"
        labels={stepLabels}
        all={jobSteps}
        chosen={filter.steps}
        onChange={(steps) => onChange({ steps })}
      />
      <ToggleGroup
        title="Origin"
        labels={originLabels}
        all={jobOrigins}
        chosen={filter.origins}
        onChange={(origins) => onChange({ origins })}
      />
      <div>
        <FilterToggle
          isOn={filter.needsAttention}
          onToggle={() => onChange({ needsAttention: !filter.needsAttention })}
        >
          Needs attention
        </FilterToggle>
      </div>
      <TimeRanges filter={filter} onChange={onChange} />
    </div>
  );
}

type ToggleGroupProps<Value extends string> = {
  title: string;
  labels: Record<Value, string>;
  all: readonly Value[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
};

function ToggleGroup<Value extends string>({
  title,
  labels,
  all,
  chosen,
  onChange,
}: ToggleGroupProps<Value>) {
  return (
    <fieldset>
      <legend className="mb-1 text-small font-medium text-muted">{title}</legend>
      <div className="flex flex-wrap gap-1">
        {all.map((value) => (
          <FilterToggle
            key={value}
            isOn={chosen.includes(value)}
            onToggle={() => onChange(toggled(chosen, value))}
          >
            {labels[value]}
          </FilterToggle>
        ))}
      </div>
    </fieldset>
  );
}

function TimeRanges({ filter, onChange }: { filter: BarFilter; onChange: ChangeFilter }) {
  const [zone] = useTimeZone();
  const zoneName = zone === "utc" ? "UTC" : "local time";
  const field = (label: string, value: Date | null, change: (moment: Date | null) => void) => (
    <label className="flex items-center justify-between gap-2">
      <span className="w-10 shrink-0">{label}</span>
      <input
        type="datetime-local"
        className={`${controlStyle} h-8 w-full min-w-0`}
        defaultValue={value === null ? "" : wallTimeOf(value, zone)}
        onChange={(event) => change(momentOf(event.target.value, zone))}
      />
    </label>
  );
  return (
    <>
      <fieldset>
        <legend className="mb-1 text-small font-medium text-muted">Launched between, {zoneName}</legend>
        <div className="flex flex-col gap-1.5">
          {field("From", filter.launchedFrom, (launchedFrom) =>
            onChange({ launchedFrom, launchedWithin: null }),
          )}
          {field("To", filter.launchedTo, (launchedTo) => onChange({ launchedTo, launchedWithin: null }))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="mb-1 text-small font-medium text-muted">Ended, {zoneName}</legend>
        {field("Since", filter.endedFrom, (endedFrom) => onChange({ endedFrom }))}
      </fieldset>
    </>
  );
}
