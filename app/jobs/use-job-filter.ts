"use client";

import { debounce, useQueryStates } from "nuqs";
import type { JobFilter } from "#lib/domain/job-page.ts";
import { jobSearchParams, jobUrlKeys } from "./search-params.ts";

export type JobUrlFilter = Omit<JobFilter, "pageSize">;

/** The filter in the address. A change leads back to the first page unless it names another. */
export function useJobFilter(): [JobUrlFilter, (change: Partial<JobUrlFilter>) => void] {
  const [filter, setFilter] = useQueryStates(jobSearchParams, { urlKeys: jobUrlKeys, history: "replace" });
  function change(next: Partial<JobUrlFilter>) {
    const isTyping = next.search !== undefined && next.search !== "";
    void setFilter(
      { page: null, ...next },
      {
        history: next.page === undefined ? "replace" : "push",
        limitUrlUpdates: isTyping ? debounce(250) : undefined,
      },
    );
  }
  return [filter, change];
}
