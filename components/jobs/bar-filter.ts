import type { JobAddress } from "#lib/domain/job-page.ts";

/** What narrows and orders the list of jobs. */
export type BarFilter = Omit<JobAddress, "pageSize" | "page">;
export type ChangeFilter = (change: Partial<BarFilter>) => void;

/** What removes every filter; the order of the list stays. */
export const noFilter = {
  search: "",
  providers: [],
  statuses: [],
  steps: [],
  origins: [],
  jobSetId: null,
  model: null,
  launchedWithin: null,
  launchedFrom: null,
  launchedTo: null,
  endedFrom: null,
  needsAttention: false,
} satisfies Partial<BarFilter>;

/** Whether anything narrows the list. */
export function isFiltered(filter: BarFilter): boolean {
  const lists = [filter.providers, filter.statuses, filter.steps, filter.origins];
  const values = [
    filter.jobSetId,
    filter.model,
    filter.launchedWithin,
    filter.launchedFrom,
    filter.launchedTo,
    filter.endedFrom,
  ];
  return (
    filter.needsAttention ||
    filter.search !== "" ||
    lists.some((list) => list.length > 0) ||
    values.some((value) => value !== null)
  );
}

/** The values with one added or taken away. */
export function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
