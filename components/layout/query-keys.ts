import type { LiveEvent } from "#lib/domain/live-event.ts";

/** The first parts of all query keys; live events name what to read again by them. */
export const queryKeys = {
  jobs: (filter: unknown) => ["jobs", filter] as const,
  job: (jobId: string) => ["job", jobId] as const,
  errorKinds: (jobId: string, collectedAt: number | null) =>
    ["results", jobId, "errors", collectedAt] as const,
  results: (jobId: string, filter: unknown) => ["results", jobId, filter] as const,
  jobSets: (page: number) => ["job-sets", "page", page] as const,
  jobSet: (jobSetId: string) => ["job-sets", "one", jobSetId] as const,
  /** Beside the sets themselves, as no change of a job changes their names. */
  jobSetNames: () => ["job-set-names"] as const,
  providers: () => ["providers"] as const,
  recipes: () => ["recipes"] as const,
  overview: () => ["overview"] as const,
  compare: (filter: unknown) => ["compare", filter] as const,
};

const listTopics = ["jobs", "job-sets", "overview", "compare"] as const;

/** The topic of a query key: `jobs`, `overview` …, or `job:<id>` and `results:<id>` for those of one job. */
export function topicOf(queryKey: readonly unknown[]): string {
  const [name, id] = queryKey;
  return name === "job" || name === "results" ? `${name}:${String(id)}` : String(name);
}

/** The topics that an event makes stale; null means all of them. */
export function staleTopicsOf(event: LiveEvent): string[] | null {
  if (event.type === "resync") return null;
  if (event.type === "sets.changed") return ["job-sets", "job-set-names", "overview", "compare"];
  return [...listTopics, ...event.jobIds.flatMap((id) => [`job:${id}`, `results:${id}`])];
}
