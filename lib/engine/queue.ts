import { sql, type SQL } from "drizzle-orm";
import { fromDrizzle, fromPglite, PgBoss, type Job, type JobResult } from "pg-boss";
import type { Database, DatabaseHandle } from "#lib/db/client.ts";
import { messageOf } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

/** What travels through each queue. The rows of `jobs` are the truth; a lost message is sent again by the sweep. */
export type QueueData = {
  submit: { jobId: string };
  poll: { provider: ProviderId; account: string };
  collect: { jobId: string };
  cancel: { jobId: string };
};
export type QueueName = keyof QueueData;
export const queueNames = ["submit", "poll", "collect", "cancel"] as const satisfies readonly QueueName[];

export type QueueMessage<Name extends QueueName> = {
  data: QueueData[Name];
  /** One waiting and one active message exist per key at most; a second waiting one is dropped. */
  key: string;
  delaySeconds?: number;
  /** Higher goes first. */
  priority?: number;
};

export type QueueHandler<Name extends QueueName> = (
  data: QueueData[Name],
  signal: AbortSignal,
) => Promise<void>;

/** The one queue of launch → submit → poll → collect, on PGlite or PostgreSQL. */
export interface JobQueue {
  /** Inside `transaction` the messages appear when it commits. */
  send<Name extends QueueName>(
    name: Name,
    messages: QueueMessage<Name>[],
    transaction?: Database,
  ): Promise<void>;
  /** Sends, or brings the waiting message of the same key forward. */
  hasten<Name extends QueueName>(name: Name, message: QueueMessage<Name>): Promise<void>;
  /** Handles messages with `workers` loops of up to `batchSize` messages side by side each. */
  work<Name extends QueueName>(
    name: Name,
    parallel: { workers: number; batchSize: number },
    handler: QueueHandler<Name>,
  ): Promise<void>;
  /** Drops every message. Only for a process that knows itself to be alone on the database. */
  clear(): Promise<void>;
  /** Stops taking work, aborts what is in hand after `graceSeconds`, and closes the queue. */
  stop(graceSeconds: number): Promise<void>;
}

const queueOptions = {
  policy: "stately",
  notify: true,
  retryLimit: 3,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 3 * 60 * 60,
  heartbeatSeconds: 30,
  deleteAfterSeconds: 60 * 60,
} as const;

/** Starts pg-boss on the database. It holds its own pool on PostgreSQL and shares the instance of PGlite. */
export async function openQueue(
  database: Pick<DatabaseHandle, "driver">,
  onError: (error: Error) => void,
): Promise<JobQueue> {
  const { driver } = database;
  const boss = new PgBoss({
    ...(driver.kind === "pglite"
      ? { db: fromPglite(driver.pglite), backend: "pglite" as const }
      : { connectionString: driver.url, max: 6 }),
    useListenNotify: true,
    schedule: false,
    monitorIntervalSeconds: 15,
    monitorVacuum: false,
    reindex: false,
  });
  boss.on("error", onError);
  await boss.start();
  for (const name of queueNames) await boss.createQueue(name, queueOptions);
  return createJobQueue(boss, onError);
}

function createJobQueue(boss: PgBoss, onError: (error: Error) => void): JobQueue {
  return {
    async send(name, messages, transaction) {
      if (messages.length === 0) return;
      const inserts = messages.map((message) => ({
        data: message.data,
        singletonKey: message.key,
        startAfter: message.delaySeconds ?? 0,
        priority: message.priority ?? 0,
      }));
      await boss.insert(name, inserts, transaction ? { db: inTransaction(transaction) } : {});
    },

    async hasten(name, message) {
      await boss.upsert(name, message.data, {
        singletonKey: message.key,
        startAfter: message.delaySeconds ?? 0,
      });
    },

    async work(name, { workers, batchSize }, handler) {
      await boss.work<QueueData[typeof name]>(
        name,
        {
          localConcurrency: workers,
          batchSize,
          burstWhenBatchFull: true,
          perJobResults: true,
          pollingIntervalSeconds: 1,
          notifyPollingIntervalSeconds: 1,
        },
        (messages) => Promise.all(messages.map((message) => settle(message, handler, onError))),
      );
    },

    async clear() {
      for (const name of queueNames) await boss.deleteAllJobs(name);
    },

    stop: (graceSeconds) => boss.stop({ graceful: true, timeout: graceSeconds * 1000 }),
  };
}

/** One failing message must not repeat the others of its batch: each is settled by itself. */
async function settle<Name extends QueueName>(
  message: Job<QueueData[Name]>,
  handler: QueueHandler<Name>,
  onError: (error: Error) => void,
): Promise<JobResult> {
  try {
    await handler(message.data, message.signal);
    return { id: message.id, status: "completed" };
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)));
    return { id: message.id, status: "failed", output: { message: messageOf(error) } };
  }
}

function inTransaction(transaction: Database) {
  // pg-boss hands back only what drizzle's own `sql` tag built, so the query is an SQL object.
  return fromDrizzle({ execute: async (query) => rowsOf(await transaction.execute(query as SQL)) }, sql);
}

function rowsOf(result: unknown): { rows: unknown[] } {
  if (typeof result === "object" && result !== null && "rows" in result && Array.isArray(result.rows)) {
    return { rows: result.rows };
  }
  return { rows: [] };
}
