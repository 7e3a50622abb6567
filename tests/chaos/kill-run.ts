import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { randomOf } from "#sandbox/world/random.ts";
import { startEngineProcess, type EngineUnderTest } from "./engine-under-test.ts";
import type { JobReport } from "./engine-process.ts";
import { launchInput } from "./launch-input.ts";
import { problemsOf, waitForEnd } from "./outcome.ts";
import { startSandboxProcess, type SandboxUnderTest, type Witnessed } from "./sandbox-under-test.ts";

const jobsPerLane = 20;
const requestsPerJob = 2;

export type KillRun = {
  /** Decides the moments of the kills. */
  seed: number;
  killCount: number;
  /** Two engines on this PostgreSQL database are killed in turn; null: one engine on the embedded database. */
  databaseUrl: string | null;
  /**
   * About 30 % of all calls go wrong, in every way that the sandbox knows, during the kills and for so long after
   * them. Then the providers recover, so that the end does not depend on a row of bad luck.
   */
  faultSecondsAfterKills: number | null;
  endsWithinSeconds: number;
};

export type KillReport = {
  killCount: number;
  seconds: number;
  jobs: JobReport[];
  batches: Witnessed[];
};

const input = launchInput(jobsPerLane, requestsPerJob);

/**
 * Launches 60 jobs over three providers, kills the engine hard again and again at moments that the seed decides, and
 * lets it finish. Resolves with what the engine and the providers hold at the end; rejects when it does not come to one.
 */
export async function runKills(run: KillRun): Promise<KillReport> {
  const directory = mkdtempSync(path.join(tmpdir(), "batchmark-kill-"));
  const sandbox = await startSandboxProcess(path.join(directory, "sandbox"), { seed: run.seed });
  const startedAtMs = performance.now();
  try {
    await makeTrouble(sandbox, run.faultSecondsAfterKills !== null);
    const environment = {
      ...sandbox.environment,
      BATCHMARK_DATA_DIR: path.join(directory, "data"),
      DATABASE_URL: run.databaseUrl ?? "",
    };
    const engines = await startEngines(environment, run.databaseUrl === null ? 1 : 2);
    try {
      await engines[0]?.launch(input);
      for (let kill = 0; kill < run.killCount; kill += 1) {
        await delay(20 + 1_500 * randomOf(`kill:${run.seed}:${kill}`).next());
        const victim = kill % engines.length;
        await engines[victim]?.kill();
        engines[victim] = await startEngineProcess(environment);
      }
      if (run.faultSecondsAfterKills !== null) {
        await delay(run.faultSecondsAfterKills * 1000);
        await sandbox.clearFaults();
      }
      const jobs = await waitForEnd(
        () => engines[0]?.readJobs() ?? Promise.resolve([]),
        run.endsWithinSeconds,
      );
      const batches = await sandbox.readBatches();
      const seconds = (performance.now() - startedAtMs) / 1000;
      return { killCount: run.killCount, seconds, jobs, batches };
    } finally {
      await Promise.all(engines.map((engine) => engine.kill()));
    }
  } finally {
    await sandbox.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

function startEngines(environment: Record<string, string>, count: number): Promise<EngineUnderTest[]> {
  return Promise.all(Array.from({ length: count }, () => startEngineProcess(environment)));
}

/** Every call takes a while, so that kills fall between a call and its answer. */
async function makeTrouble(sandbox: SandboxUnderTest, withFaults: boolean): Promise<void> {
  await sandbox.control("faults", { kind: "slow", seconds: 0.15 });
  if (!withFaults) return;
  const refusals = [
    "rate-limit-without-hint",
    "server-error",
    "bad-gateway-html",
    "unavailable",
    "overloaded",
  ];
  for (const kind of [...refusals, "close-before", "close-after", "error-after"]) {
    await sandbox.control("faults", { kind, rate: 0.04 });
  }
  await sandbox.control("faults", { kind: "rate-limit", rate: 0.04, seconds: 1 });
  for (const bytes of [100, 400, 700]) {
    await sandbox.control("faults", { kind: "truncate", rate: 0.1, bytes });
  }
  await sandbox.control("faults", { kind: "unknown-status", rate: 0.3 });
  await sandbox.control("faults", { kind: "not-found-after-create", rate: 0.3, seconds: 1 });
  await sandbox.control("faults", { kind: "late-output", rate: 0.3, seconds: 1 });
}

/** What is wrong with the outcome of a run; empty when every job has exactly its own batch with all its results. */
export function problemsOfRun({ jobs, batches }: KillReport): string[] {
  return problemsOf({ jobs, batches, jobCount: input.lanes.length * jobsPerLane, requestsPerJob });
}
