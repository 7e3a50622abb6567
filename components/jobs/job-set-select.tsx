"use client";

import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "../layout/fetch-json.ts";
import { queryKeys } from "../layout/query-keys.ts";
import { Select } from "../ui/select.tsx";

const loadJobSetPageSchema = () =>
  import("#lib/domain/job-set-summary.ts").then((file) => file.jobSetPageSchema);

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
    queryKey: queryKeys.jobSets(1),
    queryFn: ({ signal }) => fetchJson("/api/job-sets", loadJobSetPageSchema, signal),
  });
  const options = (data?.jobSets ?? []).map((set) => ({ value: set.id, label: set.name || "Unnamed set" }));
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
