"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { queryOf, readJobSearchParams, writeJobSearchParams, type JobSearchParams } from "./search-params.ts";

export type JobUrlFilter = Omit<JobSearchParams, "page">;

/** After this pause typed text goes into the address. */
const restMilliseconds = 250;

type Chosen = { change: Partial<JobUrlFilter>; isTyping: boolean };

/** The filter in the address. Typing is written there when it rests, everything else at once. */
export function useJobFilter(): [JobUrlFilter, (change: Partial<JobUrlFilter>) => void] {
  const params = useSearchParams();
  const inAddress = useMemo(() => {
    const { page: _page, ...filter } = readJobSearchParams(params);
    return filter;
  }, [params]);
  // What was chosen counts at once, and until the address says it, or something newer.
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [seen, setSeen] = useState(inAddress);
  if (seen !== inAddress) {
    setSeen(inAddress);
    if (!chosen?.isTyping) setChosen(null);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function change(next: Partial<JobUrlFilter>): void {
    const all = { ...chosen?.change, ...next };
    const isTyping = next.search !== undefined && next.search !== "";
    clearTimeout(timer.current);
    setChosen({ change: all, isTyping });
    if (!isTyping) {
      writeToAddress(all);
      return;
    }
    timer.current = setTimeout(() => {
      setChosen({ change: all, isTyping: false });
      writeToAddress(all);
    }, restMilliseconds);
  }

  const filter = useMemo(() => ({ ...inAddress, ...chosen?.change }), [inAddress, chosen]);
  return [filter, change];
}

/** The router hears of it, and reads nothing anew from the server. */
function writeToAddress(filter: Partial<JobUrlFilter>): void {
  const params = new URLSearchParams(window.location.search);
  writeJobSearchParams(filter, params);
  window.history.replaceState(null, "", window.location.pathname + queryOf(params));
}
