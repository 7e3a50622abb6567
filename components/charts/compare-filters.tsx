"use client";

import { Select } from "#components/ui/select.tsx";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { jobOrigins } from "#lib/domain/job.ts";

type CompareFiltersProps = {
  comparison: Comparison;
  filter: ComparisonFilter;
  onChange: (filter: ComparisonFilter) => void;
};

/** Stands for no filter; no id or model name holds a star. */
const all = "*";

const originOptions = [
  { value: "launched", label: "Launched here" },
  { value: "adopted", label: "Adopted from the account" },
  { value: "imported", label: "Imported from reports" },
];

/** Which jobs are compared: of one set or all, of one model or all, launched here or found at the provider. */
export function CompareFilters({ comparison, filter, onChange }: CompareFiltersProps) {
  const sets = withChosen(
    comparison.jobSets.map(({ id, name }) => ({ value: id, label: name })),
    filter.jobSetId,
  );
  const models = withChosen(
    comparison.models.map((model) => ({ value: model, label: model })),
    filter.model,
  );
  if (sets.length === 0 && models.length === 0 && comparison.origins.length < 2) return null;
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        aria-label="Job set"
        className="w-full sm:w-72"
        value={filter.jobSetId ?? all}
        options={[{ value: all, label: "All job sets" }, ...sets]}
        onValueChange={(value) => onChange({ ...filter, jobSetId: value === all ? null : value })}
      />
      <Select
        aria-label="Model"
        className="w-full sm:w-72"
        value={filter.model ?? all}
        options={[{ value: all, label: "All models" }, ...models]}
        onValueChange={(value) => onChange({ ...filter, model: value === all ? null : value })}
      />
      {(comparison.origins.length > 1 || filter.origin !== null) && (
        <Select
          aria-label="Origin"
          className="w-full sm:w-72"
          value={filter.origin ?? all}
          options={[{ value: all, label: "Jobs of any origin" }, ...originOptions]}
          onValueChange={(value) =>
            onChange({ ...filter, origin: jobOrigins.find((origin) => origin === value) ?? null })
          }
        />
      )}
    </div>
  );
}

/** An address may name a set or model that no list holds any more; it stays visible as the choice. */
function withChosen(options: { value: string; label: string }[], chosen: string | null) {
  if (chosen === null || options.some((option) => option.value === chosen)) return options;
  return [{ value: chosen, label: chosen }, ...options];
}
