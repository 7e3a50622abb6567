import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import { startEngineProcess, type EngineUnderTest } from "#tests/chaos/engine-under-test.ts";
import { launchInput } from "#tests/chaos/launch-input.ts";
import { problemsOf, waitForEnd } from "#tests/chaos/outcome.ts";
import { startSandboxProcess, type SandboxUnderTest } from "#tests/chaos/sandbox-under-test.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const isOnPostgres = process.env["BATCHMARK_TEST_DB"] === "postgres";
const timeout = 200_000;

let directory: string;
let database: TestDatabase | null = null;
let sandbox: SandboxUnderTest;
let engine: EngineUnderTest;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), "batchmark-stop-"));
  database = isOnPostgres ? await createTestDatabase(inject("postgresUrl")) : null;
  sandbox = await startSandboxProcess(path.join(directory, "sandbox"), { seed: 4 });
}, timeout);

afterEach(async () => {
  await engine?.kill();
  await sandbox?.stop();
  await database?.drop();
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}, timeout);

function start(): Promise<EngineUnderTest> {
  return startEngineProcess({
    ...sandbox.environment,
    BATCHMARK_DATA_DIR: path.join(directory, "data"),
    DATABASE_URL: database?.url ?? "",
  });
}

it(
  "told to stop, hands back within 10 s what hangs, and the next start goes on with it",
  { timeout },
  async () => {
    engine = await start();
    await sandbox.control("faults", { kind: "slow", seconds: 25, rate: 1, times: 9 });
    await engine.launch(launchInput(3, 2));
    await delay(1_500);
    const toldAtMs = performance.now();
    engine.signal("SIGTERM");
    expect(await engine.ended, "the exit code; null after a signal").not.toBeNull();
    expect((performance.now() - toldAtMs) / 1000).toBeLessThan(10);

    engine = await start();
    const jobs = await waitForEnd(() => engine.readJobs(), 150);
    const batches = await sandbox.readBatches();
    expect(problemsOf({ jobs, batches, jobCount: 9, requestsPerJob: 2 })).toEqual([]);
  },
);
