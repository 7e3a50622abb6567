"use client";

import { useState } from "react";
import type { JobAddress, JobListItem } from "#lib/domain/job-page.ts";
import type { JobSelection } from "#lib/domain/job-selection.ts";
import { selectionLimits } from "#lib/domain/selection-limits.ts";
import { isTerminal } from "#lib/domain/user-status.ts";

type ChosenJob = Pick<JobListItem, "id" | "userStatus" | "provider">;

type Chosen =
  | { kind: "some"; jobs: ReadonlyMap<string, ChosenJob> }
  /** All jobs of the filter that `query` names, whatever comes into sight. */
  | { kind: "matching"; query: string; filter: JobAddress; exceptIds: ReadonlySet<string> };

const nothing: Chosen = { kind: "some", jobs: new Map() };

export type JobSelectionState = {
  count: number;
  /** Null while nothing is selected. */
  selection: JobSelection | null;
  /** Whether every job of the filter is selected, seen or not. */
  isMatching: boolean;
  /** How many of the selected jobs may still run; null when that is not known here. */
  openCount: number | null;
  isSelected: (jobId: string) => boolean;
  toggle: (job: ChosenJob) => void;
  /** Adds jobs, or makes them the whole selection. */
  select: (jobs: readonly ChosenJob[], isWhole: boolean) => void;
  selectMatching: (filter: JobAddress) => void;
  clear: () => void;
};

/** Which jobs of a list are chosen. `query` names the list's filter; "all that match" ends with it. */
export function useJobSelection(query: string, total: number): JobSelectionState {
  const [state, setState] = useState<Chosen>(nothing);
  const chosen = state.kind === "matching" && state.query !== query ? nothing : state;
  return {
    count: chosen.kind === "some" ? chosen.jobs.size : Math.max(0, total - chosen.exceptIds.size),
    selection: toSelection(chosen),
    isMatching: chosen.kind === "matching",
    openCount:
      chosen.kind === "some"
        ? [...chosen.jobs.values()].filter((job) => !isTerminal(job.userStatus)).length
        : null,
    isSelected: (jobId) => (chosen.kind === "some" ? chosen.jobs.has(jobId) : !chosen.exceptIds.has(jobId)),
    toggle: (job) => setState(toggled(chosen, job)),
    select(jobs, isWhole) {
      const kept = isWhole || chosen.kind === "matching" ? [] : [...chosen.jobs.values()];
      const all = [...kept, ...jobs].slice(0, selectionLimits.jobIds);
      setState({ kind: "some", jobs: new Map(all.map((job) => [job.id, job])) });
    },
    selectMatching: (filter) => setState({ kind: "matching", query, filter, exceptIds: new Set() }),
    clear: () => setState(nothing),
  };
}

function toggled(chosen: Chosen, job: ChosenJob): Chosen {
  if (chosen.kind === "matching") {
    const exceptIds = new Set(chosen.exceptIds);
    if (!exceptIds.delete(job.id) && exceptIds.size < selectionLimits.exceptIds) exceptIds.add(job.id);
    return { ...chosen, exceptIds };
  }
  const jobs = new Map(chosen.jobs);
  if (!jobs.delete(job.id)) jobs.set(job.id, job);
  return { kind: "some", jobs };
}

function toSelection(chosen: Chosen): JobSelection | null {
  if (chosen.kind === "matching") {
    return { kind: "matching", filter: chosen.filter, exceptIds: [...chosen.exceptIds] };
  }
  return chosen.jobs.size === 0 ? null : { kind: "some", jobIds: [...chosen.jobs.keys()] };
}
