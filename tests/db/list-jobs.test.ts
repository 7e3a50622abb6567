import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { filterAt, jobAddressSchema, jobFilterSchema, type JobFilter } from "#lib/domain/job-page.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

let database: TestHandle;
const launchedAt = new Date("2026-11-22T12:00:00Z");

beforeAll(async () => {
  database = await openTestHandle();
});
beforeEach(async () => {
  await database.empty();
  await database.db.insert(jobSets).values({
    id: "set_1",
    name: "Morning run 100%",
    notes: "",
    isSimulated: true,
    promptSource: "builtIn",
    promptCount: 10,
    seed: 1,
    launchedAt,
  });
  await database.db
    .insert(jobs)
    .values([
      jobRow.running({ id: "job_a", providerJobId: "batch_a", jobSetId: "set_1" }),
      jobRow.succeeded(60, { id: "job_b", providerJobId: "batch_b" }),
      jobRow.succeeded(5, { id: "job_c", providerJobId: "batches/c", provider: "google", model: "gemini_x" }),
      jobRow({ id: "job_d", userStatus: "FAILED", step: "done", provider: "anthropic" }),
    ]);
});
afterAll(() => database?.close());

function list(filter: Partial<JobFilter>) {
  return listJobs(database.db, jobFilterSchema.parse(filter));
}

it("counts every status under the other filters, and the total under all of them", async () => {
  const page = await list({ statuses: ["SUCCEEDED"] });
  expect(page.jobs.map((job) => job.id).toSorted()).toEqual(["job_b", "job_c"]);
  expect(page.total).toBe(2);
  expect(page.statusCounts).toEqual({
    IN_PROGRESS: 1,
    SUCCEEDED: 2,
    FAILED: 1,
    CANCELLED_TIMED_OUT: 0,
    CANCELLED_ON_DEMAND: 0,
  });
  expect(page.providerCounts).toEqual({ openai: 1, google: 1, anthropic: 0 });
  expect(page.hasJobs).toBe(true);
});

it("counts, orders and pages what a search finds as it does without one", async () => {
  const filters: Partial<JobFilter>[] = [
    {},
    { statuses: ["SUCCEEDED"] },
    { providers: ["openai", "anthropic"], sort: "turnaround", direction: "asc" },
    { sort: "status", direction: "desc", pageSize: 2, page: 2 },
    { sort: "lastChecked", direction: "asc", pageSize: 3 },
  ];
  for (const filter of filters) {
    expect(await list({ ...filter, search: "job_" })).toEqual(await list(filter));
  }
});

it("searches ids, models and set names, and takes % and _ for what they are", async () => {
  expect((await list({ search: "batches/c" })).jobs.map((job) => job.id)).toEqual(["job_c"]);
  expect((await list({ search: "morning" })).jobs.map((job) => job.id)).toEqual(["job_a"]);
  expect((await list({ search: "100%" })).jobs.map((job) => job.id)).toEqual(["job_a"]);
  expect((await list({ search: "gemini_" })).jobs.map((job) => job.id)).toEqual(["job_c"]);
  expect((await list({ search: "%" })).jobs.map((job) => job.id)).toEqual(["job_a"]);
});

it("filters by provider, model and set", async () => {
  expect((await list({ providers: ["google", "anthropic"] })).total).toBe(2);
  expect((await list({ model: "gemini_x" })).total).toBe(1);
  expect((await list({ jobSetId: "set_1" })).jobs[0]?.jobSetName).toBe("Morning run 100%");
});

it("sorts by turnaround with unknown ones last in both directions", async () => {
  expect(
    (await list({ sort: "turnaround", direction: "asc" })).jobs.slice(0, 2).map((job) => job.id),
  ).toEqual(["job_c", "job_b"]);
  expect(
    (await list({ sort: "turnaround", direction: "desc" })).jobs.slice(0, 2).map((job) => job.id),
  ).toEqual(["job_b", "job_c"]);
});

it("pages without overlap", async () => {
  const ids: string[] = [];
  for (const page of [1, 2, 3, 4]) ids.push(...(await list({ page, pageSize: 1 })).jobs.map((job) => job.id));
  expect(new Set(ids).size).toBe(4);
});

it("finds ids and models in any case", async () => {
  expect((await list({ search: "BATCHES/C" })).total).toBe(1);
  expect((await list({ search: "Gemini_X" })).total).toBe(1);
});

it("filters by step, origin and launch time, and the counts follow", async () => {
  await database.db.insert(jobs).values([
    jobRow.running({
      id: "job_e",
      providerJobId: "batch_e",
      origin: "adopted",
      launchedAt: new Date("2026-11-20T12:00:00Z"),
    }),
  ]);
  expect((await list({ origins: ["adopted"] })).jobs.map((job) => job.id)).toEqual(["job_e"]);
  expect((await list({ steps: ["poll"] })).statusCounts.IN_PROGRESS).toBe(2);
  const recent = await list({ launchedFrom: new Date("2026-11-21T00:00:00Z") });
  expect(recent.total).toBe(4);
  expect((await list({ launchedTo: new Date("2026-11-21T00:00:00Z") })).total).toBe(1);
});

it("counts every provider under the other filters", async () => {
  const page = await list({ providers: ["google"], statuses: ["SUCCEEDED"] });
  expect(page.total).toBe(1);
  expect(page.providerCounts).toEqual({ openai: 1, google: 1, anthropic: 0 });
  expect(page.statusCounts).toMatchObject({ SUCCEEDED: 1, FAILED: 0 });
});

it("names every model once, and knows an empty list from an empty filter", async () => {
  const page = await list({ search: "nothing has this" });
  expect(page.models).toEqual(["gemini_x", "gpt-4o-mini"]);
  expect(page).toMatchObject({ total: 0, hasJobs: true });
});

it("sorts a job that was never checked as the oldest", async () => {
  await database.db
    .update(jobs)
    .set({ lastCheckedAt: new Date("2026-11-22T13:00:00Z") })
    .where(eq(jobs.id, "job_b"));
  const idsBy = async (direction: "asc" | "desc") =>
    (await list({ sort: "lastChecked", direction })).jobs.map((job) => job.id);
  expect((await idsBy("desc"))[0]).toBe("job_b");
  expect((await idsBy("asc")).at(-1)).toBe("job_b");
});

it("resolves a range that ends now at the moment of asking", () => {
  const address = jobAddressSchema.parse({ launchedWithin: "24h" });
  expect(filterAt(address, new Date("2026-11-22T12:00:00Z")).launchedFrom).toEqual(
    new Date("2026-11-21T12:00:00Z"),
  );
});
