import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readJobSearchParams,
  serializeJobSearchParams,
  writeJobSearchParams,
  type JobSearchParams,
} from "#app/jobs/search-params.ts";
import { jobOrigins, jobSteps } from "#lib/domain/job-values.ts";
import { jobSortColumns, launchedWithins } from "#lib/domain/job-list-values.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { userStatuses } from "#lib/domain/user-status.ts";

const read = (query: string) => readJobSearchParams(new URLSearchParams(query));

const moment = fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-01-01") }));
const text = fc.option(fc.string({ minLength: 1 }));
const anyFilter: fc.Arbitrary<JobSearchParams> = fc.record({
  search: fc.string(),
  providers: fc.subarray([...providerIds]),
  statuses: fc.subarray([...userStatuses]),
  steps: fc.subarray([...jobSteps]),
  origins: fc.subarray([...jobOrigins]),
  jobSetId: text,
  model: text,
  launchedWithin: fc.option(fc.constantFrom(...launchedWithins)),
  launchedFrom: moment,
  launchedTo: moment,
  endedFrom: moment,
  needsAttention: fc.boolean(),
  sort: fc.constantFrom(...jobSortColumns),
  direction: fc.constantFrom("asc", "desc"),
  page: fc.integer({ min: 1, max: 999_999_999 }),
});

describe("the filter of the Jobs page in its address", () => {
  it("reads back every filter that was written", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(read(serializeJobSearchParams(filter))).toEqual(filter);
      }),
    );
  });

  it("leaves out what has its default, and needs no code for commas and moments", () => {
    expect(serializeJobSearchParams(read(""))).toBe("");
    expect(
      serializeJobSearchParams({
        statuses: ["FAILED", "CANCELLED_ON_DEMAND"],
        launchedFrom: new Date("2026-11-22T10:00:00Z"),
        sort: "turnaround",
        direction: "desc",
      }),
    ).toBe("?status=FAILED,CANCELLED_ON_DEMAND&from=2026-11-22T10:00:00.000Z&sort=turnaround");
  });

  it("takes what nobody knows for missing", () => {
    expect(read("?status=LOST,FAILED&sort=colour&order=up&from=yesterday&page=-3&attention=maybe")).toEqual({
      ...read(""),
      statuses: ["FAILED"],
    });
  });

  it("changes only the parameters of what is given, and leaves foreign ones alone", () => {
    const params = new URLSearchParams("?status=FAILED&model=gpt-4o-mini&theme=dark");
    writeJobSearchParams({ statuses: [], search: "a b" }, params);
    expect(Object.fromEntries(params)).toEqual({ model: "gpt-4o-mini", theme: "dark", q: "a b" });
  });
});
