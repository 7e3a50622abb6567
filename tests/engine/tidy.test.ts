import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { tidy } from "#lib/engine/tidy.ts";
import { createLocalStorage } from "#lib/storage/local-storage.ts";
import { useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();

async function put(file: string, ageHours: number): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, "half a line");
  const writtenAt = new Date(world.clock.now().getTime() - ageHours * 3_600_000);
  await utimes(file, writtenAt, writtenAt);
}

it("takes away what killed processes left, and nothing that is whole, at work or somebody else's", async () => {
  const { dataDirectory } = world.context.config;
  const storageDirectory = path.join(dataDirectory, "tidy-storage");
  const context = { ...world.context, storage: createLocalStorage(storageDirectory) };
  const results = path.join(storageDirectory, "results");
  const spool = path.join(dataDirectory, "spool");
  await put(path.join(results, "job_1.jsonl"), 100);
  await put(path.join(results, "job_1.jsonl.abcd1234.partial"), 7);
  await put(path.join(results, "job_2.jsonl.abcd1234.partial"), 5);
  await put(path.join(spool, "openai-old.jsonl"), 7);
  await put(path.join(spool, "openai-young.jsonl"), 1);

  await tidy(context);

  expect((await readdir(results)).toSorted()).toEqual(["job_1.jsonl", "job_2.jsonl.abcd1234.partial"]);
  expect(await readdir(spool)).toEqual(["openai-young.jsonl"]);
});

it("has nothing to do where nothing was written yet", async () => {
  const storage = createLocalStorage(path.join(world.context.config.dataDirectory, "not-there"));
  await expect(tidy({ ...world.context, storage })).resolves.toBeUndefined();
});
