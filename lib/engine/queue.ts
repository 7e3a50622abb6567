import { sql, type SQL } from "drizzle-orm";
import { fromDrizzle, fromPglite, PgBoss, type Job, type JobResult } from "pg-boss";
import type { Database, DatabaseHandle } from "#lib/db/client.ts";
import { messageOf } from "#lib/domain/errors.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { OncePerInterval } from "./once-per-interval.ts";

type AboutJob = { jobId: string; provider: ProviderId };

/** What travels through each queue. The rows of `jobs` are the truth; a lost message is sent again by the sweep. */
export type QueueData = {
  submit: AboutJob;
  poll: { provider: ProviderId; account: string };
  collect: AboutJob;
  cancel: AboutJob;
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

/**
 * The one queue of launch → submit → poll → collect, on PGlite or PostgreSQL. Each provider has lines of its own in it,
 * so that one that hangs holds up nobody else.
 */
export interface JobQueue {
  /** Inside `transaction` the messages appear when it commits. */
  send<Name extends QueueName>(
    name: Name,
    messages: QueueMessage<Name>[],
    transaction?: Database,
  ): Promise<void>;
  /** Sends, or brings the waiting message of the same key forward; for one key at most every half second. */
  hasten<Name extends QueueName>(name: Name, message: QueueMessage<Name>): Promise<void>;
  /** Handles messages, for each provider with `workers` loops of up to `batchSize` messages side by side each. */
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

/** A process that is gone is noticed after this long, and what it had in hand goes to another. */
const heartbeatSeconds = 15;
const lookForGoneProcessesSeconds = 5;
const hastenIntervalMs = 500;

const queueOptions = {
  policy: "stately",
  notify: true,
  retryLimit: 3,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 3 * 60 * 60,
  heartbeatSeconds,
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
      : { connectionString: driver.url, max: 6, options: "-c idle_in_transaction_session_timeout=20000" }),
    useListenNotify: true,
    schedule: false,
    // PGlite has one process, which sees its own end at the next start.
    ...(driver.kind === "pglite"
      ? {}
      : {
          superviseIntervalSeconds: lookForGoneProcessesSeconds,
          monitorIntervalSeconds: lookForGoneProcessesSeconds,
        }),
    maintenanceIntervalSeconds: 10 * 60,
    monitorVacuum: false,
    reindex: false,
  });
  boss.on("error", onError);
  await boss.start();
  for (const line of allLines()) await boss.createQueue(line, queueOptions);
  return createJobQueue(boss, onError);
}

/** The name that pg-boss knows: one queue for each step and provider. */
function lineOf(name: QueueName, provider: ProviderId): string {
  return `${name}-${provider}`;
}

function allLines(): string[] {
  return queueNames.flatMap((name) => providerIds.map((provider) => lineOf(name, provider)));
}

function createJobQueue(boss: PgBoss, onError: (error: Error) => void): JobQueue {
  const hastening = new OncePerInterval(hastenIntervalMs, onError);
  return {
    async send(name, messages, transaction) {
      if (messages.length === 0) return;
      const connection = transaction ? { db: inTransaction(transaction) } : {};
      for (const provider of providerIds) {
        const inserts = messages
          .filter((message) => message.data.provider === provider)
          .map((message) => ({
            data: message.data,
            singletonKey: message.key,
            startAfter: message.delaySeconds ?? 0,
            priority: message.priority ?? 0,
          }));
        if (inserts.length > 0) await boss.insert(lineOf(name, provider), inserts, connection);
      }
    },

    async hasten(name, message) {
      const line = lineOf(name, message.data.provider);
      await hastening.run(`${line}:${message.key}`, async () => {
        const options = { singletonKey: message.key, startAfter: message.delaySeconds ?? 0 };
        await boss.upsert(line, message.data, options);
      });
    },

    async work(name, { workers, batchSize }, handler) {
      for (const provider of providerIds) {
        await boss.work<QueueData[typeof name]>(
          lineOf(name, provider),
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
      }
    },

    async clear() {
      for (const line of allLines()) await boss.deleteAllJobs(line);
    },

    async stop(graceSeconds) {
      hastening.stop();
      await boss.stop({ graceful: true, timeout: graceSeconds * 1000 });
    },
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
