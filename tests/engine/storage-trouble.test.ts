import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { AppError } from "#lib/domain/errors.ts";
import { launch } from "#lib/engine/launch.ts";
import { createLocalStorage } from "#lib/storage/local-storage.ts";
import { rawResultsKey, type Storage } from "#lib/storage/storage.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();

function withStorage(change: Partial<Storage>): AppContext {
  return { ...world.context, storage: { ...world.context.storage, ...change } };
}

/** A disk that takes the first bytes of each file and is full then. */
function fullDisk(directory: string): Storage["write"] {
  const disk = createLocalStorage(directory);
  return (key, bytes) =>
    disk.write(
      key,
      (async function* () {
        for await (const chunk of bytes) {
          yield chunk.subarray(0, 10);
          throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
        }
      })(),
    );
}

it.each([
  { name: "a full disk", says: "is full", failsWith: null },
  {
    name: "a store that is away",
    says: "The store is away.",
    failsWith: new AppError("storage", "The store is away."),
  },
])("$name is shown on the job, loses nothing and heals by itself", async ({ says, failsWith }) => {
  const directory = mkdtempSync(path.join(tmpdir(), "batchmark-full-"));
  const troubled = withStorage({
    write: failsWith ? () => Promise.reject(failsWith) : fullDisk(directory),
  });
  await launch(world.context, {
    lanes: [{ provider: "openai", model: testModels.openai, jobCount: 1, requestsPerJob: 3 }],
    prompts: { kind: "builtIn" },
  });
  const isTroubled = async () => (await world.readJobs()).every((job) => job.trouble !== null);
  await world.queue.drain(troubled, isTroubled);

  const [waiting] = await world.readJobs();
  expect(waiting).toMatchObject({ userStatus: "SUCCEEDED", step: "collect", collected: null });
  expect(waiting?.trouble).toContain(says);

  await world.queue.drain(world.context);
  const [job] = await world.readJobs();
  expect(job).toMatchObject({
    step: "done",
    trouble: null,
    counts: { succeeded: 3 },
    collected: { lineCount: 3 },
  });
  expect(await world.context.storage.sizeBytes(rawResultsKey(job?.id ?? ""))).toBe(job?.collected?.sizeBytes);
  rmSync(directory, { recursive: true, force: true });
});
