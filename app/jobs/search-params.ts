import { jobOrigins, jobSteps } from "#lib/domain/job-values.ts";
import { jobSortColumns, launchedWithins } from "#lib/domain/job-list-values.ts";
import type { JobAddress } from "#lib/domain/job-page.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { userStatuses } from "#lib/domain/user-status.ts";

/** What of a filter stands in the address of the Jobs page. */
export type JobSearchParams = Omit<JobAddress, "pageSize">;

/** How one value stands in the address; what cannot be read there counts as missing. */
type Parameter<T> = { key: string; read: (text: string | null) => T; write: (value: T) => string };

const directions = ["asc", "desc"] as const;

/** Beside the library of the other pages this one is a few lines, and the page that is open all day loads no more. */
const parameters: { [Name in keyof JobSearchParams]: Parameter<JobSearchParams[Name]> } = {
  search: { key: "q", read: (text) => text ?? "", write: String },
  providers: listOf("provider", providerIds),
  statuses: listOf("status", userStatuses),
  steps: listOf("step", jobSteps),
  origins: listOf("origin", jobOrigins),
  jobSetId: { key: "set", read: (text) => text, write: String },
  model: { key: "model", read: (text) => text, write: String },
  launchedWithin: oneOf("within", launchedWithins, null),
  launchedFrom: momentAt("from"),
  launchedTo: momentAt("to"),
  endedFrom: momentAt("ended-from"),
  needsAttention: { key: "attention", read: (text) => text === "true", write: (is) => (is ? "true" : "") },
  sort: oneOf("sort", jobSortColumns, "launched"),
  direction: oneOf("order", directions, "desc"),
  page: {
    key: "page",
    read: (text) => (text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 1),
    write: String,
  },
};
// The keys of a record of exactly these names.
const names = Object.keys(parameters) as (keyof JobSearchParams)[];

function listOf<Value extends string>(key: string, values: readonly Value[]): Parameter<Value[]> {
  return {
    key,
    read: (text) => (text ?? "").split(",").flatMap((part) => values.find((value) => value === part) ?? []),
    write: (chosen) => chosen.join(","),
  };
}

function oneOf<Value extends string, Missing extends Value | null>(
  key: string,
  values: readonly Value[],
  missing: Missing,
): Parameter<Value | Missing> {
  return { key, read: (text) => values.find((value) => value === text) ?? missing, write: String };
}

function momentAt(key: string): Parameter<Date | null> {
  return {
    key,
    read(text) {
      const moment = new Date(text ?? "");
      return Number.isNaN(moment.getTime()) ? null : moment;
    },
    write: (moment) => moment?.toISOString() ?? "",
  };
}

/** The filter in a query string; what is missing there has its default. */
export function readJobSearchParams(params: Pick<URLSearchParams, "get">): JobSearchParams {
  return Object.fromEntries(
    names.map((name) => [name, parameters[name].read(params.get(parameters[name].key))]),
    // Each name has the value that its own parameter read.
  ) as JobSearchParams;
}

/** Writes what of a filter is not its default over `params`, and takes the rest out; other parameters stay. */
export function writeJobSearchParams(filter: Partial<JobSearchParams>, params: URLSearchParams): void {
  for (const name of names) {
    if (!(name in filter)) continue;
    // The parameter of a name writes the values of that name.
    const { key, read, write } = parameters[name] as Parameter<unknown>;
    const missing = textOf(read(null), write);
    const value = filter[name];
    const text = value === undefined ? missing : textOf(value, write);
    if (text === missing) params.delete(key);
    else params.set(key, text);
  }
}

function textOf<T>(value: T, write: (value: T) => string): string {
  return value === null ? "" : write(value);
}

/** The query string of a filter, with its `?`; empty when everything has its default. */
export function serializeJobSearchParams(filter: Partial<JobSearchParams>): string {
  const params = new URLSearchParams();
  writeJobSearchParams(filter, params);
  return queryOf(params);
}

/** The query string with its `?`; commas and colons need no code in it. */
export function queryOf(params: URLSearchParams): string {
  const text = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}
