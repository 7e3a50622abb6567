import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEngineProcess, type EngineUnderTest } from "#tests/chaos/engine-under-test.ts";
import { launchInput } from "#tests/chaos/launch-input.ts";
import { problemsOf, waitForEnd } from "#tests/chaos/outcome.ts";
import { startSandboxProcess, type SandboxUnderTest } from "#tests/chaos/sandbox-under-test.ts";
import { startTestPostgres, type TestPostgres } from "#tests/setup/postgres.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const isOnPostgres = process.env["BATCHMARK_TEST_DB"] === "postgres";
const endsWithinSeconds = 240;
const timeout = 300_000;

/** Two engines on a PostgreSQL server of their own, which a test may stop; the providers are a third process. */
describe.runIf(isOnPostgres)("two engines on one database", () => {
  let directory: string;
  let server: TestPostgres;
  let database: TestDatabase;
  let sandbox: SandboxUnderTest;
  let engines: EngineUnderTest[] = [];

  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "batchmark-scale-"));
    server = await startTestPostgres();
    database = await createTestDatabase(server.url);
  }, timeout);

  afterEach(async () => {
    await Promise.all(engines.map((engine) => engine.kill()));
    engines = [];
    await sandbox?.stop();
    await database?.drop();
    await server?.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }, timeout);

  async function start(scenario: string): Promise<[EngineUnderTest, EngineUnderTest]> {
    sandbox = await startSandboxProcess(path.join(directory, "sandbox"), { seed: 5, scenario });
    const environment = {
      ...sandbox.environment,
      BATCHMARK_DATA_DIR: path.join(directory, "data"),
      DATABASE_URL: database.url,
    };
    const first = await startEngineProcess(environment);
    engines.push(first);
    const second = await startEngineProcess(environment);
    engines.push(second);
    return [first, second];
  }

  it("go on when the database is restarted under them, and double nothing", { timeout }, async (test) => {
    if (!server.restart) return test.skip("The server is not ours to restart.");
    const [first] = await start("instant");
    await sandbox.control("faults", { kind: "slow", seconds: 0.2 });
    await first.launch(launchInput(10, 2));
    await delay(400);
    await server.restart();
    await delay(1_500);
    await server.restart();
    const jobs = await waitForEnd(() => first.readJobs().catch(() => []), endsWithinSeconds);
    const batches = await sandbox.readBatches();
    expect(problemsOf({ jobs, batches, jobCount: 30, requestsPerJob: 2 })).toEqual([]);
  });

  it("take over from one that is frozen, which does no harm when it thaws", { timeout }, async () => {
    const [first, second] = await start("instant");
    await sandbox.control("faults", { kind: "slow", seconds: 0.3 });
    await second.launch(launchInput(10, 2));
    await delay(500);
    first.signal("SIGSTOP");
    await waitForEnd(() => second.readJobs(), endsWithinSeconds);
    first.signal("SIGCONT");
    // Whatever the thawed engine still had in hand is settled when it answers again and stops in order.
    await first.readJobs();
    first.signal("SIGTERM");
    const jobs = await second.readJobs();
    const batches = await sandbox.readBatches();
    expect(problemsOf({ jobs, batches, jobCount: 30, requestsPerJob: 2 })).toEqual([]);
  });

  it("make no more calls for the same jobs than one alone", { timeout }, async () => {
    const [first] = await start("realistic");
    await first.launch(launchInput(12, 1));
    for (;;) {
      const jobs = await first.readJobs();
      if (jobs.length === 36 && jobs.every((job) => job.providerJobId !== null)) break;
      await delay(100);
    }
    const seconds = 8;
    const callsBefore = await sandbox.readCalls();
    const startedAtMs = performance.now();
    await delay(seconds * 1000);
    const callsAfter = await sandbox.readCalls();
    const elapsedSeconds = (performance.now() - startedAtMs) / 1000;
    expect(await sandbox.readBatches()).toHaveLength(36);
    for (const provider of ["openai", "google", "anthropic"]) {
      const made = (endpoint: string) =>
        (callsAfter.get(`${provider}:${endpoint}`) ?? 0) - (callsBefore.get(`${provider}:${endpoint}`) ?? 0);
      // A poller alone looks once a second at most, and twelve jobs are on one list page.
      const rounds = made("batches.list") + made("batches.get") / 12;
      expect(rounds).toBeGreaterThan(0);
      expect(rounds).toBeLessThanOrEqual(elapsedSeconds + 2);
    }
  });
});
