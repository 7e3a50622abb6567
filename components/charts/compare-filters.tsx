"use client";

import { ChevronDown, Filter, X } from "lucide-react";
import { useId, useState } from "react";
import { formatQuantity } from "#components/format.ts";
import { ProviderName } from "#components/provider-name.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { FilterToggle } from "#components/ui/filter-toggle.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Select } from "#components/ui/select.tsx";
import {
  comparisonFilterSchema,
  comparisonGroupings,
  type ComparisonFilter,
  type ComparisonGrouping,
} from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { jobSizes, type JobSize } from "#lib/domain/job-size.ts";
import { jobTasks, type JobOrigin, type JobTask } from "#lib/domain/job-values.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { jobSizeLabel } from "./chart-groups.ts";
import { LaunchRange } from "./launch-range.tsx";

type CompareFiltersProps = {
  comparison: Comparison;
  filter: ComparisonFilter;
  onChange: (change: Partial<ComparisonFilter>) => void;
};

const groupingLabels: Record<ComparisonGrouping, string> = {
  provider: "By provider",
  model: "By model",
  settings: "By model and settings",
  task: "By task",
  size: "By job size",
  hour: "By hour of launch",
  weekday: "By weekday of launch",
};

const originLabels: Record<JobOrigin, string> = {
  launched: "Launched here",
  adopted: "Adopted from the account",
  imported: "Imported from reports",
};

const noFilter = comparisonFilterSchema.parse({});

/** In how many ways the filter leaves out jobs that another one would show. */
function narrowingCount(filter: ComparisonFilter): number {
  const { jobSetId, providers, model, task, size, origin, launchedFrom, launchedBefore } = filter;
  return [
    providers.length > 0,
    launchedFrom !== null || launchedBefore !== null,
    ...[jobSetId, model, task, size, origin].map((choice) => choice !== null),
  ].filter(Boolean).length;
}

/** True when the filter leaves out jobs that another one would show. */
export function isNarrowed(filter: ComparisonFilter): boolean {
  return filter.isPaired || narrowingCount(filter) > 0;
}

/**
 * Which jobs are compared, and how they are grouped; all of it is in the address. On phones the choice of jobs opens
 * below a button that counts what is chosen.
 */
export function CompareFilters({ comparison, filter, onChange }: CompareFiltersProps) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const count = narrowingCount(filter);
  return (
    <div
      role="search"
      aria-label="Which jobs are compared"
      className="flex flex-wrap items-center gap-2"
      data-print="hide"
    >
      <Select<ComparisonGrouping>
        aria-label="Group"
        isQuiet
        value={filter.groupBy}
        options={comparisonGroupings.map((value) => ({ value, label: groupingLabels[value] }))}
        onValueChange={(groupBy) => onChange({ groupBy })}
      />
      <Button
        className="sm:hidden"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Filter aria-hidden />
        {count === 0 ? "All jobs" : formatQuantity(count, "filter")}
        <ChevronDown aria-hidden className={isOpen ? "rotate-180" : undefined} />
      </Button>
      <div
        id={id}
        className={classNames(
          "sm:contents",
          isOpen ? "max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-2" : "max-sm:hidden",
        )}
      >
        <ProviderToggles chosen={filter.providers} onChange={(providers) => onChange({ providers })} />
        <ChoiceSelects comparison={comparison} filter={filter} onChange={onChange} />
        <LaunchRange
          from={filter.launchedFrom}
          before={filter.launchedBefore}
          onChange={(launchedFrom, launchedBefore) => onChange({ launchedFrom, launchedBefore })}
        />
        {comparison.hasOtherKind && (
          <SegmentedControl
            aria-label="Real or simulated jobs"
            value={comparison.isSimulated ? "simulated" : "real"}
            options={[
              { value: "real", label: "Real" },
              { value: "simulated", label: "Simulated" },
            ]}
            // A set is of one kind; with it the other kind would be empty.
            onValueChange={(kind) => onChange({ kind, jobSetId: null })}
          />
        )}
        {isNarrowed(filter) && (
          <Button
            variant="ghost"
            onClick={() => onChange({ ...noFilter, groupBy: filter.groupBy, kind: filter.kind })}
          >
            <X aria-hidden />
            Clear
          </Button>
        )}
      </div>
    </div>
  );
}

function ProviderToggles({
  chosen,
  onChange,
}: {
  chosen: readonly ProviderId[];
  onChange: (providers: ProviderId[]) => void;
}) {
  return (
    <div role="group" aria-label="Provider" className="flex flex-wrap gap-1">
      {providerIds.map((provider) => {
        const isOn = chosen.includes(provider);
        return (
          <FilterToggle
            key={provider}
            isOn={isOn}
            onToggle={() =>
              onChange(isOn ? chosen.filter((other) => other !== provider) : [...chosen, provider])
            }
          >
            <ProviderName provider={provider} />
          </FilterToggle>
        );
      })}
    </div>
  );
}

function ChoiceSelects({ comparison, filter, onChange }: CompareFiltersProps) {
  return (
    <>
      <ChoiceSelect
        label="Job set"
        allLabel="All job sets"
        value={filter.jobSetId}
        options={comparison.jobSets.map(({ id, name }) => ({ value: id, label: name || "Unnamed set" }))}
        onChange={(jobSetId) => onChange({ jobSetId })}
      />
      <ChoiceSelect
        label="Model"
        allLabel="All models"
        value={filter.model}
        options={comparison.models.map((model) => ({ value: model, label: model }))}
        onChange={(model) => onChange({ model })}
      />
      {(jobTasks.length > 1 || filter.task !== null) && (
        <ChoiceSelect<JobTask>
          label="Task"
          allLabel="All tasks"
          value={filter.task}
          options={jobTasks.map((task) => ({ value: task, label: task }))}
          onChange={(task) => onChange({ task })}
        />
      )}
      <ChoiceSelect<JobSize>
        label="Job size"
        allLabel="All job sizes"
        value={filter.size}
        options={jobSizes.map((size) => ({ value: size, label: jobSizeLabel(size) }))}
        onChange={(size) => onChange({ size })}
      />
      {(comparison.origins.length > 1 || filter.origin !== null) && (
        <ChoiceSelect<JobOrigin>
          label="Origin"
          allLabel="Jobs of any origin"
          value={filter.origin}
          options={comparison.origins.map((origin) => ({ value: origin, label: originLabels[origin] }))}
          onChange={(origin) => onChange({ origin })}
        />
      )}
    </>
  );
}

/** Stands for no choice; no id, model or size holds a star. */
const all = "*";

type ChoiceSelectProps<Value extends string> = {
  label: string;
  allLabel: string;
  value: Value | null;
  options: { value: Value; label: string }[];
  onChange: (value: Value | null) => void;
};

/** One of several or all. A choice that no list holds any more (the address names it) stays visible. */
function ChoiceSelect<Value extends string>({
  label,
  allLabel,
  value,
  options,
  onChange,
}: ChoiceSelectProps<Value>) {
  const isListed = value === null || options.some((option) => option.value === value);
  return (
    <Select<Value | typeof all>
      aria-label={label}
      isQuiet
      className="max-w-64"
      value={value ?? all}
      options={[{ value: all, label: allLabel }, ...(isListed ? [] : [{ value, label: value }]), ...options]}
      onValueChange={(next) => onChange(next === all ? null : next)}
    />
  );
}
