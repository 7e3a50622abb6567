import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { anthropicDialect } from "#sandbox/anthropic/app.ts";
import { googleDialect } from "#sandbox/google/app.ts";
import { openAiDialect } from "#sandbox/openai/app.ts";
import type { BatchRecord, FileRecord } from "#sandbox/world/model.ts";
import { newBatch } from "#sandbox/world/new-batch.ts";
import { World } from "#sandbox/world/world.ts";
import { linesOf, NOON_MS } from "./support.ts";

const dialects = { openai: openAiDialect, google: googleDialect, anthropic: anthropicDialect };
const ACCOUNT = "account-a";
const DAY_MS = 86_400_000;

/** One state folder that worlds are opened on one after the other. */
async function startState() {
  const stateDir = await mkdtemp(join(tmpdir(), "journal-"));
  onTestFinished(() => rm(stateDir, { recursive: true, force: true }));
  let nowMs = NOON_MS;
  return {
    advance: (ms: number) => (nowMs += ms),
    open: () => new World({ stateDir, seed: 1, scenario: "demo", now: () => nowMs, dialects }),
    write: (lines: string[]) => writeFile(join(stateDir, "journal.jsonl"), `${lines.join("\n")}\n`),
    journal: async () => linesOf(await readFile(join(stateDir, "journal.jsonl"), "utf8")),
  };
}

async function addFile(world: World, index: number): Promise<FileRecord> {
  const id = `file-${index}`;
  const path = world.pathOf(id);
  await writeFile(path, "x");
  const file: FileRecord = {
    id,
    provider: "openai",
    account: ACCOUNT,
    createdAtMs: world.now(),
    expiresAtMs: null,
    name: "x.jsonl",
    purpose: "batch",
    mimeType: null,
    sizeBytes: 1,
    sha256Hex: "",
    path,
    deletedAtMs: null,
  };
  world.addFile(file);
  return file;
}

function addBatch(world: World): BatchRecord {
  const batch = newBatch({
    provider: "openai",
    account: ACCOUNT,
    scenario: "instant",
    ...world.nextKey("openai", ACCOUNT),
    origin: "api",
    createdAtMs: world.now(),
    input: { kind: "made-up", requests: 2 },
    model: "gpt-4o-mini",
  });
  world.addBatch(batch);
  return world.changeBatch(batch.id, { summary: world.inputs.readMadeUp(batch) });
}

const seen = (world: World) => ({
  now: world.now(),
  batches: [...world.batches("openai", ACCOUNT)],
  files: [...world.files("openai", ACCOUNT)],
});

describe("the journal", () => {
  it("is written anew at the start when most of it no longer matters, and says the same", async () => {
    const state = await startState();
    const world = state.open();
    world.meet("openai", ACCOUNT);
    for (let index = 0; index < 700; index++) world.deleteFile(await addFile(world, index));
    const kept = await addFile(world, 700);
    const batches = Array.from({ length: 5 }, () => addBatch(world));
    const [first, second] = batches;
    world.changeBatch(first?.id ?? "", { cancelledAtMs: world.now() });
    world.deleteBatchFile(second?.outputFileId ?? "");
    const [past] = [...world.batches("openai", ACCOUNT)].filter(({ origin }) => origin === "history");
    world.changeBatch(past?.id ?? "", { cancelledAtMs: world.now(), displayName: "renamed" });
    world.advanceClock(5_000);
    const before = seen(world);
    const nextFile = world.nextFileKey("openai", ACCOUNT);
    expect((await state.journal()).length).toBeGreaterThan(1_400);

    const again = state.open();
    expect((await state.journal()).length).toBeLessThan(20);
    expect(seen(again)).toEqual(before);
    expect(again.batchOfFile("openai", ACCOUNT, second?.outputFileId ?? "")).toBeNull();
    expect(again.nextFileKey("openai", ACCOUNT)).toBe(nextFile);
    const added = addBatch(again);
    expect(before.batches.map(({ drawKey }) => drawKey)).not.toContain(added.drawKey);
    const last = seen(state.open());
    expect(last.batches).toHaveLength(before.batches.length + 1);
    expect(last.files.map(({ id }) => id)).toEqual([kept.id]);
  });

  it("of an earlier version can be read", async () => {
    const state = await startState();
    const added = addBatch(state.open());
    const lines = (await state.journal()).map((line) => JSON.parse(line));
    for (const { batch } of lines) for (const name of ["drawKey", "betas", "priority"]) delete batch?.[name];
    await state.write(lines.map((line) => JSON.stringify(line)));
    const [batch] = [...state.open().batches("openai", ACCOUNT)];
    expect(batch).toEqual({ ...added, drawKey: added.id });
  });

  it("is left alone while most of it matters", async () => {
    const state = await startState();
    const world = state.open();
    for (let index = 0; index < 1_200; index++) {
      world.addBatch({ ...addBatch(world), id: `batch_${index}` });
    }
    const before = await state.journal();
    state.open();
    expect(await state.journal()).toEqual(before);
  });

  it("forgets batches that were deleted long ago, with their input", async () => {
    const state = await startState();
    const world = state.open();
    for (let index = 0; index < 700; index++) world.deleteFile(await addFile(world, index));
    const input = await addFile(world, 700);
    const template = addBatch(world);
    world.addBatch({ ...template, id: "batch_gone", input: { kind: "file", path: input.path } });
    world.deleteFile(input);
    world.changeBatch("batch_gone", { deletedAtMs: world.now() });
    state.advance(31 * DAY_MS);
    const again = state.open();
    expect([...again.allBatches()].map(({ id }) => id)).toEqual([template.id]);
    expect(existsSync(input.path)).toBe(false);
  });
});
