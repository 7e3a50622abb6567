import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { startSandbox, type Sandbox } from "#sandbox/server.ts";
import { readConfig } from "#lib/config.ts";
import type { AppContext } from "#lib/context.ts";
import type { DatabaseHandle } from "#lib/db/client.ts";
import { createLiveEvents } from "#lib/db/live-events.ts";
import type { Clock } from "#lib/domain/clock.ts";
import { randomToken } from "#lib/domain/ids.ts";
import type { JobQueue } from "#lib/engine/queue.ts";
import { SubmissionGate } from "#lib/engine/submission-gate.ts";
import { createProviderRegistry, type ProviderRegistry } from "#lib/providers/registry.ts";
import { createLocalStorage } from "#lib/storage/local-storage.ts";

export type TestContextOptions = {
  database: DatabaseHandle;
  clock: Clock;
  queue: JobQueue;
  /** Key of all three providers; the sandbox refuses `invalid`. */
  apiKey?: string;
  /** Replaces the sandbox's address, for providers that cannot be reached. */
  baseUrl?: string;
};

export type TestSandbox = { sandbox: Sandbox; directory: string; close(): Promise<void> };

/** The sandbox in the scenario `instant` on a free port, with the test's own clock and a folder of its own. */
export async function startTestSandbox(clock: Clock): Promise<TestSandbox> {
  const directory = await mkdtemp(path.join(tmpdir(), "batchmark-test-"));
  const sandbox = await startSandbox({
    port: 0,
    scenario: "instant",
    seed: 1,
    stateDir: path.join(directory, "sandbox"),
    now: () => clock.now().getTime(),
  });
  return {
    sandbox,
    directory,
    async close() {
      await sandbox.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A context on a real database, real files, the real adapters and the sandbox. */
export function createTestContext(
  { sandbox, directory }: TestSandbox,
  { database, clock, queue, apiKey = "test-key", baseUrl }: TestContextOptions,
): AppContext {
  return {
    config: readConfig({ BATCHMARK_DATA_DIR: directory }),
    clock,
    log: pino({ level: "silent" }),
    db: database.db,
    database,
    live: createLiveEvents(database),
    providers: createRegistry(sandbox, directory, clock, apiKey, baseUrl),
    isSimulated: () => Promise.resolve(true),
    storage: createLocalStorage(path.join(directory, "storage")),
    queue,
    processId: randomToken(16),
    submissions: new SubmissionGate(),
  };
}

function createRegistry(
  sandbox: Sandbox,
  directory: string,
  clock: Clock,
  apiKey: string,
  baseUrl: string | undefined,
): ProviderRegistry {
  const shared = {
    apiKey,
    account: `account-${apiKey}`,
    spoolDirectory: path.join(directory, "spool"),
    clock,
  };
  return createProviderRegistry({
    openai: { ...shared, baseUrl: baseUrl ?? sandbox.urls.openai },
    google: { ...shared, baseUrl: baseUrl ?? sandbox.urls.google },
    anthropic: { ...shared, baseUrl: baseUrl ?? sandbox.urls.anthropic },
  });
}
