"use client";

import { debounce, useQueryStates } from "nuqs";
import type { JobAddress } from "#lib/domain/job-page.ts";
import { jobSearchParams, jobUrlKeys } from "./search-params.ts";

export type JobUrlFilter = Omit<JobAddress, "pageSize" | "page">;

const { page: _page, ...filterParams } = jobSearchParams;

/** The filter in the address. Typing is written there when it rests, everything else at once. */
export function useJobFilter(): [JobUrlFilter, (change: Partial<JobUrlFilter>) => void] {
  const [filter, setFilter] = useQueryStates(filterParams, { urlKeys: jobUrlKeys, history: "replace" });
  function change(next: Partial<JobUrlFilter>) {
    const isTyping = next.search !== undefined && next.search !== "";
    void setFilter(next, { limitUrlUpdates: isTyping ? debounce(250) : undefined });
  }
  return [filter, change];
}
