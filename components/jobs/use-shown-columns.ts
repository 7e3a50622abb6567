"use client";

import { useSyncExternalStore } from "react";
import { defaultColumnIds, jobColumns } from "./job-columns.tsx";

const storageKey = "batchmark.job-columns";
const listeners = new Set<() => void>();
/** The choice of a page whose browser forbids storage, and a copy that keeps its identity between reads. */
let current: { text: string | null; ids: readonly string[] } = { text: null, ids: defaultColumnIds };

function subscribe(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === storageKey) listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}

function read(): readonly string[] {
  let { text } = current;
  try {
    text = window.localStorage.getItem(storageKey);
  } catch {
    // The choice then lasts as long as the page.
  }
  if (text !== current.text) current = { text, ids: parse(text) };
  return current.ids;
}

function parse(text: string | null): readonly string[] {
  if (text === null) return defaultColumnIds;
  const chosen = text.split(",");
  return jobColumns.flatMap(({ id, isFixed }) => (isFixed || chosen.includes(id) ? [id] : []));
}

function choose(ids: readonly string[] | null): void {
  const text = ids === null ? null : ids.join(",");
  try {
    if (text === null) window.localStorage.removeItem(storageKey);
    else window.localStorage.setItem(storageKey, text);
  } catch {
    // As above.
  }
  current = { text, ids: parse(text) };
  listeners.forEach((notify) => notify());
}

/** The columns of the list of jobs, in their order; this browser remembers the choice. Null goes back to the usual ones. */
export function useShownColumns(): [readonly string[], (ids: readonly string[] | null) => void] {
  const ids = useSyncExternalStore(subscribe, read, () => defaultColumnIds);
  return [ids, choose];
}
