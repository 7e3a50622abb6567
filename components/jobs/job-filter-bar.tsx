"use client";

import { Search, X } from "lucide-react";
import type { JobFilter, JobPage } from "#lib/domain/job-page.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { userStatuses } from "#lib/domain/user-status.ts";
import { formatNumber } from "../format.ts";
import { ProviderName } from "../provider-name.tsx";
import { Button } from "../ui/button.tsx";
import { FilterToggle } from "../ui/filter-toggle.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { JobSetSelect } from "./job-set-select.tsx";
import { statusLabels } from "./status-chip.tsx";

type BarFilter = Omit<JobFilter, "pageSize" | "page">;

type JobFilterBarProps = {
  filter: BarFilter;
  onChange: (change: Partial<BarFilter>) => void;
  /** For the counts and the models; undefined while the first page is on its way. */
  page: JobPage | undefined;
};

const noFilter = { search: "", providers: [], statuses: [], jobSetId: null, model: null };

/** Everything that narrows the list of jobs. The counts follow all filters but the status itself. */
export function JobFilterBar({ filter, onChange, page }: JobFilterBarProps) {
  const isFiltered =
    filter.search !== "" ||
    filter.providers.length > 0 ||
    filter.statuses.length > 0 ||
    filter.jobSetId !== null ||
    filter.model !== null;
  return (
    <div role="search" aria-label="Filter jobs" className="mb-3 flex flex-col gap-2" data-print="hide">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput value={filter.search} onChange={(search) => onChange({ search })} />
        <ProviderToggles filter={filter} onChange={onChange} />
        <JobSetSelect
          value={filter.jobSetId}
          nameFromJobs={page?.jobs.find((job) => job.jobSetId === filter.jobSetId)?.jobSetName ?? null}
          onChange={(jobSetId) => onChange({ jobSetId })}
        />
        <ModelSelect
          value={filter.model}
          models={page?.models ?? []}
          onChange={(model) => onChange({ model })}
        />
        {isFiltered && (
          <Button variant="ghost" onClick={() => onChange(noFilter)}>
            <X aria-hidden />
            Clear
          </Button>
        )}
      </div>
      <StatusToggles filter={filter} onChange={onChange} counts={page?.statusCounts} />
    </div>
  );
}

function SearchInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <div className="relative w-full sm:w-64">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <Input
        type="search"
        aria-label="Search jobs by id, job set or model"
        placeholder="Search id, job set, model"
        value={value}
        maxLength={200}
        onValueChange={onChange}
        className="pl-8"
      />
    </div>
  );
}

function ProviderToggles({ filter, onChange }: Pick<JobFilterBarProps, "filter" | "onChange">) {
  return (
    <div role="group" aria-label="Provider" className="flex flex-wrap gap-1">
      {providerIds.map((provider) => (
        <FilterToggle
          key={provider}
          isOn={filter.providers.includes(provider)}
          onToggle={() => onChange({ providers: toggled(filter.providers, provider) })}
        >
          <ProviderName provider={provider} />
        </FilterToggle>
      ))}
    </div>
  );
}

type StatusTogglesProps = Pick<JobFilterBarProps, "filter" | "onChange"> & {
  counts: JobPage["statusCounts"] | undefined;
};

function StatusToggles({ filter, onChange, counts }: StatusTogglesProps) {
  const total = counts ? userStatuses.reduce((sum, status) => sum + counts[status], 0) : null;
  return (
    <div
      role="group"
      aria-label="Status"
      className="-mx-4 flex gap-1 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0.5"
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
          {statusLabels[status]} <Count value={counts?.[status] ?? null} />
        </FilterToggle>
      ))}
    </div>
  );
}

function Count({ value }: { value: number | null }) {
  return <span className="text-muted">{value === null ? "—" : formatNumber(value)}</span>;
}

const everyModel = "*";

type ModelSelectProps = { value: string | null; models: string[]; onChange: (model: string | null) => void };

function ModelSelect({ value, models, onChange }: ModelSelectProps) {
  const known = value !== null && !models.includes(value) ? [...models, value] : models;
  return (
    <Select
      aria-label="Model"
      className="w-auto max-w-64 border-line"
      value={value ?? everyModel}
      onValueChange={(next) => onChange(next === everyModel ? null : next)}
      options={[
        { value: everyModel, label: "All models" },
        ...known.map((model) => ({ value: model, label: model })),
      ]}
    />
  );
}

function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
