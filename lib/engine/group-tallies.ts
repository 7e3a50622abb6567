import type { TurnaroundFact } from "#lib/db/queries/list-turnarounds.ts";
import type { ComparisonGrouping } from "#lib/domain/comparison-filter.ts";
import { jobSizeOf, jobSizes } from "#lib/domain/job-size.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { GroupTally } from "./group-tally.ts";

/** What decides which group a job belongs to. */
type Grouped = Pick<TurnaroundFact, "provider" | "model" | "task" | "requestCount" | "settingsId"> & {
  createdAtSeconds: number | null;
};

/** The groups of one comparison, made as their first jobs come. A job without a launch time has no hour or weekday. */
export class GroupTallies {
  readonly #groupBy: ComparisonGrouping;
  readonly #tallies = new Map<string, GroupTally>();

  constructor(groupBy: ComparisonGrouping) {
    this.#groupBy = groupBy;
  }

  of(job: Grouped): GroupTally {
    return this.ofValue(job, this.#groupBy === "provider" ? null : valueOf(job, this.#groupBy));
  }

  ofValue({ provider }: Pick<Grouped, "provider">, value: string | null): GroupTally {
    const key = value === null ? provider : `${provider} ${value}`;
    const existing = this.#tallies.get(key);
    if (existing) return existing;
    const tally = new GroupTally(key, provider, value);
    this.#tallies.set(key, tally);
    return tally;
  }

  /** The group of a job, if there is one already. */
  find(job: Grouped): GroupTally | null {
    const value = this.#groupBy === "provider" ? null : valueOf(job, this.#groupBy);
    return this.#tallies.get(value === null ? job.provider : `${job.provider} ${value}`) ?? null;
  }

  /** By provider, then by value in its natural order. */
  sorted(): GroupTally[] {
    return [...this.#tallies.values()].toSorted(
      (left, right) =>
        providerIds.indexOf(left.provider) - providerIds.indexOf(right.provider) ||
        compareValues(left, right),
    );
  }
}

/** The value of a job in a grouping; "unknown" where the provider does not tell. */
export function valueOf(job: Grouped, groupBy: Exclude<ComparisonGrouping, "provider">): string {
  switch (groupBy) {
    case "model":
      return job.model ?? "unknown";
    case "settings":
      return `${job.model ?? "unknown"} ${job.settingsId ?? "unknown"}`;
    case "task":
      return job.task;
    case "size":
      return jobSizeOf(job.requestCount);
    case "hour":
      return job.createdAtSeconds === null ? "unknown" : String(hourOf(job.createdAtSeconds));
    case "weekday":
      return job.createdAtSeconds === null ? "unknown" : String(weekdayOf(job.createdAtSeconds));
  }
}

/** Hour of day in UTC, 0–23. */
export function hourOf(epochSeconds: number): number {
  return Math.floor(epochSeconds / 3600) % 24;
}

/** Weekday in UTC, 1 Monday to 7 Sunday. 1970 began on a Thursday. */
export function weekdayOf(epochSeconds: number): number {
  return ((Math.floor(epochSeconds / 86_400) + 3) % 7) + 1;
}

function compareValues({ value: left }: GroupTally, { value: right }: GroupTally): number {
  if (left === null || right === null) return 0;
  const sizes: readonly string[] = jobSizes;
  const bySize = sizes.indexOf(left) - sizes.indexOf(right);
  if (sizes.includes(left) && sizes.includes(right)) return bySize;
  return left.localeCompare(right, "en", { numeric: true });
}
