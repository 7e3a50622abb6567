"use client";

import { Search, X } from "lucide-react";
import type { ReactNode } from "react";
import type { JobCounts } from "#lib/domain/job-page.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { userStatuses } from "#lib/domain/user-status.ts";
import { formatNumber } from "../format.ts";
import { ProviderName } from "../provider-name.tsx";
import { Button } from "../ui/button.tsx";
import { controlStyle } from "../ui/control-style.ts";
import { FilterToggle } from "../ui/filter-toggle.tsx";
import { Select } from "../ui/select.tsx";
import { Time } from "../ui/time.tsx";
import { isFiltered, noFilter, toggled, type BarFilter, type ChangeFilter } from "./bar-filter.ts";
import { JobSetSelect } from "./job-set-select.tsx";
import { LaunchTimeFilter } from "./launch-time-filter.tsx";
import { MoreFilters } from "./more-filters.tsx";
import { statusLabels } from "./status-labels.ts";

type JobFilterBarProps = {
  filter: BarFilter;
  onChange: ChangeFilter;
  /** Undefined while the first ones are on their way. */
  counts: JobCounts | undefined;
  /** The name of the chosen set where a listed job knows it. */
  jobSetName: string | null;
  /** What stands at the right of the status filter. */
  tools: ReactNode;
};

/** Everything that narrows the list of jobs. Each count follows all filters but its own. */
export function JobFilterBar({ filter, onChange, counts, jobSetName, tools }: JobFilterBarProps) {
  return (
    <div role="search" aria-label="Filter jobs" className="mb-3 flex flex-col gap-2" data-print="hide">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput value={filter.search} onChange={(search) => onChange({ search })} />
        <ProviderToggles filter={filter} onChange={onChange} counts={counts} />
        <JobSetSelect
          value={filter.jobSetId}
          nameFromJobs={jobSetName}
          onChange={(jobSetId) => onChange({ jobSetId })}
        />
        <ModelSelect
          value={filter.model}
          models={counts?.models ?? []}
          onChange={(model) => onChange({ model })}
        />
        <LaunchTimeFilter filter={filter} onChange={onChange} />
        <MoreFilters filter={filter} onChange={onChange} />
        <RareFilters filter={filter} onChange={onChange} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <StatusToggles filter={filter} onChange={onChange} counts={counts} />
        <div className="flex items-center gap-2">
          {/* Here there is always room for it: nothing below moves when it comes. */}
          {isFiltered(filter) && (
            <Button
              size="small"
              variant="ghost"
              title="Remove all filters"
              onClick={() => onChange(noFilter)}
            >
              <X aria-hidden />
              <span className="max-xl:sr-only">Clear</span>
            </Button>
          )}
          {tools}
        </div>
      </div>
    </div>
  );
}

function SearchInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <div className="relative w-full sm:w-60">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <input
        type="search"
        aria-label="Search jobs by id, job set or model"
        placeholder="Search id, job set, model"
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        className={`${controlStyle} h-8 w-full pl-8`}
      />
    </div>
  );
}

/** Filters that other pages lead here with; each shows only while it is on, so that nobody wonders what is missing. */
function RareFilters({ filter, onChange }: Pick<JobFilterBarProps, "filter" | "onChange">) {
  return (
    <>
      {filter.needsAttention && (
        <FilterToggle isOn onToggle={() => onChange({ needsAttention: false })}>
          Needs attention
          <X aria-hidden className="size-3.5" />
        </FilterToggle>
      )}
      {filter.endedFrom && (
        <FilterToggle isOn onToggle={() => onChange({ endedFrom: null })}>
          <span>
            Ended since <Time value={filter.endedFrom} />
          </span>
          <X aria-hidden className="size-3.5" />
        </FilterToggle>
      )}
    </>
  );
}

type TogglesProps = Pick<JobFilterBarProps, "filter" | "onChange" | "counts">;

function ProviderToggles({ filter, onChange, counts }: TogglesProps) {
  return (
    <div role="group" aria-label="Provider" className="flex flex-wrap gap-1">
      {providerIds.map((provider) => (
        <FilterToggle
          key={provider}
          isOn={filter.providers.includes(provider)}
          onToggle={() => onChange({ providers: toggled(filter.providers, provider) })}
        >
          <ProviderName provider={provider} /> <Count value={counts?.providerCounts[provider] ?? null} />
        </FilterToggle>
      ))}
    </div>
  );
}

function StatusToggles({ filter, onChange, counts }: TogglesProps) {
  const total = counts ? userStatuses.reduce((sum, status) => sum + counts.statusCounts[status], 0) : null;
  return (
    <div
      role="group"
      aria-label="Status"
      className="flex min-w-0 gap-1 overflow-x-auto py-0.5 max-sm:-mx-4 max-sm:px-4 sm:flex-wrap"
    >
      <FilterToggle isOn={filter.statuses.length === 0} onToggle={() => onChange({ statuses: [] })}>
        All <Count value={total} />
      </FilterToggle>
      {userStatuses.map((status) => (
        <FilterToggle
          key={status}
          isOn={filter.statuses.includes(status)}
          onToggle={() => onChange({ statuses: toggled(filter.statuses, status) })}
        >
          {statusLabels[status]} <Count value={counts?.statusCounts[status] ?? null} />
        </FilterToggle>
      ))}
    </div>
  );
}

function Count({ value }: { value: number | null }) {
  return <span className="text-muted">{value === null ? "—" : formatNumber(value)}</span>;
}

const everyModel = "*";

type ModelSelectProps = {
  value: string | null;
  models: readonly string[];
  onChange: (model: string | null) => void;
};

function ModelSelect({ value, models, onChange }: ModelSelectProps) {
  const known = value !== null && !models.includes(value) ? [...models, value] : models;
  return (
    <Select
      isQuiet
      aria-label="Model"
      className="w-36"
      value={value ?? everyModel}
      onValueChange={(next) => onChange(next === everyModel ? null : next)}
      options={[
        { value: everyModel, label: "All models" },
        ...known.map((model) => ({ value: model, label: model })),
      ]}
    />
  );
}
