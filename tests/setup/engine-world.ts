import { afterAll, beforeAll, beforeEach } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { jobFilterSchema, type JobListItem } from "#lib/domain/job-page.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";
import { createSteppedQueue, type SteppedQueue } from "./stepped-queue.ts";
import {
  createTestContext,
  startTestSandbox,
  type TestContextOptions,
  type TestSandbox,
} from "./test-context.ts";
import { openTestHandle, type TestHandle } from "./test-handle.ts";

/** One model of each provider that the sandbox has. */
export const testModels = {
  openai: "gpt-4o-mini",
  google: "gemini-2.5-flash-lite",
  anthropic: "claude-haiku-5-5",
} as const;

/** What a test of the engine's verbs works in: a real database and sandbox, a clock and a queue that it moves itself. */
export type EngineWorld = {
  clock: ManualClock;
  database: TestHandle;
  queue: SteppedQueue;
  /** Each test has a provider account of its own, so that it sees only its own batches. */
  context: AppContext;
  /** Another context in the same world, for example with a refused key. */
  createContext(change: Partial<TestContextOptions>): AppContext;
  readJobs(): Promise<JobListItem[]>;
  /** Makes a batch that nobody launched here in the test's account, by the sandbox's own API. */
  makeBatch(batch: { provider: ProviderId } & Record<string, unknown>): Promise<void>;
  /** A POST to the sandbox's own API: faults, and batches in any state. */
  control(resource: string, body: object): Promise<unknown>;
};

/** Sets the world up for the tests of one file; its parts are there from the first hook on. */
export function useEngineWorld(): EngineWorld {
  const clock = createManualClock();
  let sandbox: TestSandbox;
  let testCount = 0;
  const world = {
    clock,
    createContext: (change: Partial<TestContextOptions>) =>
      createTestContext(sandbox, {
        database: world.database,
        clock,
        queue: world.queue,
        apiKey: `key-${testCount}`,
        ...change,
      }),
    readJobs: async () => (await listJobs(world.context.db, jobFilterSchema.parse({ pageSize: 200 }))).jobs,
    makeBatch: async (batch: object): Promise<void> => void (await world.control("batches", batch)),
    async control(resource: string, body: object): Promise<unknown> {
      const url = new URL(`/__sandbox/${resource}`, sandbox.sandbox.urls.openai);
      const sent = resource === "batches" ? { key: `key-${testCount}`, ...body } : body;
      const response = await fetch(url, { method: "POST", body: JSON.stringify(sent) });
      if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
      return response.json();
    },
    // The hooks below fill in the rest before the first test reads it.
  } as EngineWorld;

  beforeAll(async () => {
    world.database = await openTestHandle();
    sandbox = await startTestSandbox(clock);
  });
  beforeEach(async () => {
    await world.database.empty();
    testCount += 1;
    world.queue = createSteppedQueue(clock);
    world.context = world.createContext({});
  });
  afterAll(async () => {
    await sandbox?.close();
    await world.database?.close();
  });
  return world;
}
