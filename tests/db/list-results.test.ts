import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { eq } from "drizzle-orm";
import { FoundLines, FoundLinesMemory } from "#lib/db/queries/found-lines.ts";
import { listErrorKinds } from "#lib/db/queries/list-error-kinds.ts";
import { listResults } from "#lib/db/queries/list-results.ts";
import type { BuiltInPrompts } from "#lib/db/queries/read-prompts.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { prompts } from "#lib/db/schema/prompts.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import { resultFilterSchema, type ResultFilter } from "#lib/domain/result-page.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

let database: TestHandle;
let memory: FoundLinesMemory;
const launchedAt = new Date("2026-11-22T12:00:00Z");
const builtIn: BuiltInPrompts = {
  textAt: (position) => `Built-in prompt ${position}`,
  positionsWith: (search) => (search === "prompt 2" ? [2] : []),
};

beforeAll(async () => {
  database = await openTestHandle();
});
beforeEach(async () => {
  memory = new FoundLinesMemory();
  await database.empty();
  const set = { name: "", notes: "", isSimulated: true, seed: 1, launchedAt };
  await database.db.insert(jobSets).values([
    { ...set, id: "set_own", promptSource: "own", promptCount: 3 },
    { ...set, id: "set_built_in", promptSource: "builtIn", promptCount: 10 },
  ]);
  await database.db.insert(prompts).values([
    { jobSetId: "set_own", position: 0, text: "What is a tide?" },
    { jobSetId: "set_own", position: 1, text: "What is a moon?" },
    { jobSetId: "set_own", position: 2, text: "100% sure?" },
  ]);
  await database.db
    .insert(jobs)
    .values([
      jobRow.succeeded(1, { id: "job_own", providerJobId: "a", jobSetId: "set_own", promptOffset: 1 }),
      jobRow.succeeded(1, { id: "job_built_in", providerJobId: "b", jobSetId: "set_built_in" }),
    ]);
  for (const jobId of ["job_own", "job_built_in"]) {
    const line = (lineNumber: number, change: Partial<typeof requestResults.$inferInsert>) => ({
      jobId,
      lineNumber,
      requestIndex: lineNumber - 1,
      customId: `nonce-${lineNumber - 1}`,
      offsetBytes: 0,
      lengthBytes: 10,
      ...change,
    });
    await database.db.insert(requestResults).values([
      line(1, { outcome: "succeeded", textExcerpt: "The sea rises, says Éva." }),
      line(2, {
        outcome: "failed",
        errorCode: "server_error",
        errorMessage: "Request 17 failed after 3 s.",
      }),
      line(3, {
        outcome: "failed",
        errorCode: "server_error",
        errorMessage: "Request 21 failed after 9 s.",
      }),
      line(4, { requestIndex: null, customId: null, errorMessage: "not JSON" }),
    ]);
  }
});
afterAll(() => database?.close());

async function linesOf(jobId: string, filter: Partial<ResultFilter>): Promise<number[]> {
  const page = await listResults(database.db, jobId, resultFilterSchema.parse(filter), builtIn, memory);
  return (page?.rows ?? []).map((row) => row.lineNumber);
}

it("groups bad outcomes by kind, numbers in messages apart, the most frequent first", async () => {
  const kinds = await listErrorKinds(database.db, "job_own");
  expect(kinds).toMatchObject([
    {
      outcome: "failed",
      code: "server_error",
      message: "Request 17 failed after 3 s.",
      requestCount: 2,
      lineNumber: 2,
      customId: "nonce-1",
    },
    { outcome: null, code: null, message: "not JSON", requestCount: 1, lineNumber: 4 },
  ]);
  expect(await listErrorKinds(database.db, "job_unknown")).toEqual([]);
});

it("searches answers, errors and ids in any case, and takes % and _ for what they are", async () => {
  expect(await linesOf("job_own", { search: "SEA" })).toEqual([1]);
  expect(await linesOf("job_own", { search: "server_error" })).toEqual([2, 3]);
  expect(await linesOf("job_own", { search: "nonce-2" })).toEqual([3]);
  expect(await linesOf("job_own", { search: "not json" })).toEqual([4]);
  expect(await linesOf("job_own", { search: "serverXerror" })).toEqual([]);
  expect(await linesOf("job_own", { search: "éVA" })).toEqual([1]);
  expect(await linesOf("job_own", { search: "é_a" })).toEqual([]);
});

it("searches the user's own prompts where each request used them", async () => {
  // The job's first prompt is the set's second one.
  expect(await linesOf("job_own", { search: "moon" })).toEqual([1]);
  expect(await linesOf("job_own", { search: "100%" })).toEqual([2]);
  expect(await linesOf("job_own", { search: "tide" })).toEqual([3]);
});

it("searches the built-in prompts, which the database does not hold", async () => {
  expect(await linesOf("job_built_in", { search: "prompt 2" })).toEqual([3]);
});

it("counts outcomes under the search", async () => {
  const filter = resultFilterSchema.parse({ search: "server_error", outcome: "failed" });
  const page = await listResults(database.db, "job_own", filter, builtIn, memory);
  expect(page).toMatchObject({ total: 2, outcomeCounts: { succeeded: 0, failed: 2, unreadable: 0 } });
});

it("turns the pages of a search in the order of the requests, by outcome too", async () => {
  const pageOf = (page: number, outcome: ResultFilter["outcome"] = null) =>
    linesOf("job_own", { search: "e", page, pageSize: 2, outcome });
  expect(await pageOf(1)).toEqual([1, 2]);
  expect(await pageOf(2)).toEqual([3]);
  expect(await pageOf(3)).toEqual([]);
  expect(await pageOf(1, "failed")).toEqual([2, 3]);
  expect(await pageOf(2, "failed")).toEqual([]);
});

it("reads the texts of a search once, until the results are collected anew or deleted", async () => {
  const collected = (collectedAt: Date | null, resultsPrunedAt: Date | null = null) =>
    database.db.update(jobs).set({ collectedAt, resultsPrunedAt }).where(eq(jobs.id, "job_own"));
  const rewrite = (textExcerpt: string) =>
    database.db.update(requestResults).set({ textExcerpt }).where(eq(requestResults.lineNumber, 1));
  const search = () => linesOf("job_own", { search: "Sea" });

  await collected(launchedAt);
  expect(await search()).toEqual([1]);
  await rewrite("The land rises.");
  expect(await search()).toEqual([1]);
  await collected(new Date(launchedAt.getTime() + 1));
  expect(await search()).toEqual([]);

  await rewrite("The sea falls.");
  await collected(new Date(launchedAt.getTime() + 1), launchedAt);
  expect(await search()).toEqual([1]);
  // What is still being collected is looked up each time.
  await collected(null);
  await rewrite("The land falls.");
  expect(await search()).toEqual([]);
});

it("remembers the latest searches only", () => {
  const found = (count: number) =>
    new FoundLines(Array.from({ length: count }, (_, lineNumber) => ({ lineNumber, outcome: null })));
  for (let search = 0; search < 25; search += 1) memory.keep(`search ${search}`, found(1));
  expect(memory.get("search 4")).toBeNull();
  expect(memory.get("search 5")?.count).toBe(1);
  memory.keep("long", found(499_990));
  expect(memory.get("search 5")?.count).toBe(1);
  expect(memory.get("search 6")).toBeNull();
  memory.keep("longer", found(600_000));
  expect(memory.get("longer")).toBeNull();
});
