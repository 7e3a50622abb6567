import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { lanes } from "#lib/db/schema/lanes.ts";
import { prompts } from "#lib/db/schema/prompts.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import { AppError } from "#lib/domain/errors.ts";
import { resultFilterSchema } from "#lib/domain/result-page.ts";
import { exportJobSet } from "#lib/engine/export-job-set.ts";
import { openArchive } from "#lib/engine/open-archive.ts";
import { readResults } from "#lib/engine/read-results.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const setId = "set_0000000000000000";
const jobId = "job_0000000000000000";
const rawLines = `{"custom_id":"a"}\n\u0000\uFFFD not a line\n${"x".repeat(200_000)}\n`;

beforeEach(async () => {
  const { db, storage } = world.context;
  const launchedAt = new Date("2026-11-20T10:00:00.123Z");
  await db.insert(jobSets).values({
    id: setId,
    name: "Evening, three providers",
    notes: "Second try.",
    isSimulated: false,
    promptSource: "own",
    promptCount: 2,
    seed: 4711,
    timeOutHours: 6,
    launchedAt,
  });
  await db.insert(lanes).values({
    id: "lane_0000000000000000",
    jobSetId: setId,
    position: 0,
    provider: "openai",
    model: "gpt-4o-mini",
    task: "text",
    jobCount: 2,
    requestsPerJob: 3,
    maxOutputTokens: 100,
    parameters: { temperature: 0.2, extra: { seed: 7 } },
  });
  await db.insert(prompts).values([
    { jobSetId: setId, position: 0, text: "Name a town." },
    { jobSetId: setId, position: 1, text: "Name a river." },
  ]);
  const shared = { jobSetId: setId, laneId: "lane_0000000000000000", isSimulated: false, launchedAt };
  await db.insert(jobs).values([
    jobRow.succeeded(77, {
      ...shared,
      id: jobId,
      providerJobId: "batch_a",
      resultLineCount: 2,
      totalTokens: 99,
    }),
    jobRow.running({ ...shared, id: "job_1111111111111111", providerJobId: "batch_b", launchOrder: 1 }),
  ]);
  await db.insert(requestResults).values([
    {
      jobId,
      lineNumber: 1,
      requestIndex: 1,
      customId: "n-1",
      outcome: "succeeded",
      textExcerpt: "Bonn",
      offsetBytes: 0,
      lengthBytes: 17,
    },
    { jobId, lineNumber: 2, errorMessage: "Not JSON.", offsetBytes: 18, lengthBytes: 10 },
  ]);
  await storage.write(rawResultsKey(jobId), bytesOf(Buffer.from(rawLines)));
});

async function* bytesOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 700) yield bytes.subarray(start, start + 700);
}

async function collected(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const archive = async () => collected((await exportJobSet(world.context, setId)).bytes);

/** Another Batchmark: the same tables and the same storage, emptied. */
async function becomeAnother() {
  const { db, storage } = world.context;
  await db.delete(jobSets).where(eq(jobSets.id, setId));
  await storage.remove(rawResultsKey(jobId));
}

async function refusalOf(bytes: Uint8Array): Promise<AppError> {
  try {
    await openArchive(world.context, bytesOf(bytes));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("The archive was expected to be refused.");
}

/** The archive with a text changed and a hash that fits, as somebody would make it on purpose. */
function rehashed(file: Buffer, from: string, to: string): Buffer {
  const text = gunzipSync(file)
    .toString()
    .replace(/\{"kind":"end".*\n$/, "");
  if (!text.includes(from)) throw new Error(`${from} is not in the archive.`);
  const body = text.replace(from, to);
  const sha256 = createHash("sha256").update(body).digest("hex");
  return gzipSync(`${body}${JSON.stringify({ kind: "end", jobCount: 2, sha256 })}\n`);
}

const counts = async () => ({
  sets: await world.context.db.$count(jobSets),
  jobs: await world.context.db.$count(jobs),
  results: await world.context.db.$count(requestResults),
  file: await world.context.storage.sizeBytes(rawResultsKey(jobId)),
});

it("brings a job set to another Batchmark with recipe, seed, prompts, jobs, results and raw bytes", async () => {
  const file = await archive();
  await becomeAnother();
  expect(await openArchive(world.context, bytesOf(file))).toEqual({
    jobSetId: setId,
    name: "Evening, three providers",
    jobCount: 2,
  });
  const { db, storage } = world.context;
  expect(await db.select().from(jobSets)).toMatchObject([
    { seed: 4711, timeOutHours: 6, notes: "Second try.", promptSource: "own" },
  ]);
  expect(await db.select().from(lanes)).toMatchObject([
    {
      jobCount: 2,
      requestsPerJob: 3,
      maxOutputTokens: 100,
      parameters: { temperature: 0.2, extra: { seed: 7 } },
    },
  ]);
  const [ended, open] = (await world.readJobs()).toSorted((left, right) => left.id.localeCompare(right.id));
  expect(ended).toMatchObject({
    id: jobId,
    providerJobId: "batch_a",
    userStatus: "SUCCEEDED",
    origin: "imported",
    isSimulated: false,
  });
  expect((ended?.reported.endedAt?.getTime() ?? 0) - (ended?.reported.createdAt?.getTime() ?? 0)).toBe(
    77_000,
  );
  // Nobody here has its account: it is never looked up, and nobody has seen it end.
  expect(open).toMatchObject({ userStatus: "IN_PROGRESS", step: "done" });
  expect((await collected(storage.read(rawResultsKey(jobId)))).toString()).toBe(rawLines);
  const page = await readResults(db, jobId, resultFilterSchema.parse({}));
  expect(page?.rows).toMatchObject([
    { lineNumber: 1, prompt: "Name a river.", textExcerpt: "Bonn", outcome: "succeeded" },
    { lineNumber: 2, outcome: null, errorMessage: "Not JSON." },
  ]);
  expect(await storage.sizeBytes(rawResultsKey("job_1111111111111111"))).toBeNull();
});

it("gives the same lines again when what was opened is archived", async () => {
  const linesOf = (file: Buffer) =>
    gunzipSync(file)
      .toString()
      .split("\n")
      .filter((line) => /"kind":"(?:jobSet|prompt|job|result|bytes|fileEnd)"/.test(line));
  const file = await archive();
  await becomeAnother();
  await openArchive(world.context, bytesOf(file));
  expect(linesOf(await archive())).toEqual(linesOf(file));
});

it("holds neither keys nor their fingerprints", async () => {
  const text = gunzipSync(await archive()).toString();
  expect(text).not.toContain("account");
});

it("is refused where the set, or one of its jobs, is already, and changes nothing", async () => {
  const file = await archive();
  const before = await counts();
  expect(await refusalOf(file)).toMatchObject({ code: "conflict" });
  expect(await counts()).toEqual(before);
  await becomeAnother();
  await world.context.db
    .insert(jobs)
    .values(jobRow.running({ id: "job_2222222222222222", providerJobId: "batch_b" }));
  expect((await refusalOf(file)).message).toContain("batch_b");
  expect(await counts()).toEqual({ sets: 0, jobs: 1, results: 0, file: null });
});

it("never touches the results of a job that is here, whatever an archive calls its own jobs", async () => {
  const file = await archive();
  await becomeAnother();
  const { db, storage } = world.context;
  await db.insert(jobs).values(jobRow.succeeded(5, { id: jobId, providerJobId: "batch_of_mine" }));
  await storage.write(rawResultsKey(jobId), bytesOf(Buffer.from("mine\n")));
  expect(await refusalOf(file)).toMatchObject({ code: "conflict" });
  expect((await collected(storage.read(rawResultsKey(jobId)))).toString()).toBe("mine\n");
});

it.each<[string, (file: Buffer) => Buffer]>([
  ["is cut off", (file) => file.subarray(0, file.length - 200)],
  ["is no archive", () => Buffer.from("hello")],
  ["is empty", () => Buffer.alloc(0)],
  [
    "has lost its end",
    (file) =>
      gzipSync(
        gunzipSync(file)
          .toString()
          .replace(/\{"kind":"end".*\n$/, ""),
      ),
  ],
  ["was changed", (file) => gzipSync(gunzipSync(file).toString().replace("SUCCEEDED", "FAILED"))],
  [
    "holds what the database cannot",
    (file) => rehashed(file, '"textExcerpt":"Bonn"', '"textExcerpt":"a\\u0000b"'),
  ],
  ["names files elsewhere", (file) => rehashed(file, `"id":"${jobId}"`, '"id":"../../job_0"')],
  ["holds a number out of range", (file) => rehashed(file, '"seed":4711', '"seed":4711000000000')],
  ["has another kind of line", (file) => gzipSync(`${gunzipSync(file).toString()}{"kind":"more"}\n`)],
  ["begins in the middle", (file) => gzipSync(gunzipSync(file).toString().replace(/^.*\n/, ""))],
])("a file that %s is refused and leaves nothing behind", async (_what, spoil) => {
  const file = await archive();
  await becomeAnother();
  expect(await refusalOf(spoil(file))).toMatchObject({ code: "invalid_input" });
  expect(await counts()).toEqual({ sets: 0, jobs: 0, results: 0, file: null });
});
