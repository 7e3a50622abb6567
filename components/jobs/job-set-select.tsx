"use client";

import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "../layout/fetch-json.ts";
import { queryKeys } from "../layout/query-keys.ts";
import { Select } from "../ui/select.tsx";

const loadSchema = () => import("#lib/domain/job-set-names.ts").then((file) => file.jobSetNamesSchema);

const everySet = "*";

type JobSetSelectProps = {
  value: string | null;
  /** The name of the chosen set where a listed job knows it; the newest sets are read for the others. */
  nameFromJobs: string | null;
  onChange: (jobSetId: string | null) => void;
};

/** Narrows to one of the newest job sets, or to the one that the address names. */
export function JobSetSelect({ value, nameFromJobs, onChange }: JobSetSelectProps) {
  const { data } = useQuery({
    queryKey: queryKeys.jobSetNames(),
    queryFn: ({ signal }) => fetchJson("/api/job-sets/names", loadSchema, signal),
  });
  const options = (data ?? []).map((set) => ({ value: set.id, label: set.name || "Unnamed set" }));
  if (value !== null && !options.some((option) => option.value === value)) {
    options.push({ value, label: nameFromJobs ?? "One job set" });
  }
  return (
    <Select
      isQuiet
      aria-label="Job set"
      className="w-36"
      value={value ?? everySet}
      onValueChange={(next) => onChange(next === everySet ? null : next)}
      options={[{ value: everySet, label: "All job sets" }, ...options]}
    />
  );
}
