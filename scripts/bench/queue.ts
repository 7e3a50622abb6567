import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { readConfig } from "#lib/config.ts";
import { composeContext } from "#lib/compose-context.ts";
import type { AppContext } from "#lib/context.ts";
import { createId } from "#lib/domain/ids.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { measureSeconds, type Benchmark } from "./support/benchmark.ts";
import { startWorker } from "./support/worker-under-test.ts";
import { withPostgres } from "./support/with-postgres.ts";

const workerCounts = [1, 2, 4];
const messagesPerStatement = 1_000;

/**
 * Messages through the queue on PostgreSQL, each read, looked up as a job and settled, with 1, 2 and 4 worker
 * processes. The jobs do not exist, so that nothing but queue and database is measured.
 */
export const queueBenchmark: Benchmark = {
  name: "queue",
  run: ({ directory, scaled, say }) =>
    withPostgres(async (databaseUrl) => {
      const environment = {
        DATABASE_URL: databaseUrl,
        BATCHMARK_DATA_DIR: path.join(directory, "data"),
        BATCHMARK_SANDBOX: "0",
        OPENAI_API_KEY: "benchmark",
        OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
      };
      const messageCount = scaled(12_000);
      const { context, close } = await composeContext(
        readConfig({ ...environment, BATCHMARK_LOG_LEVEL: "error" }),
      );
      const perSecond: number[] = [];
      try {
        for (const workerCount of workerCounts) {
          const rate = await measureWorkers(context, environment, workerCount, messageCount);
          say(`${workerCount} workers: ${rate.toFixed(0)} messages/s`);
          perSecond.push(rate);
        }
      } finally {
        await close();
      }
      const [one = 0, two = 0, four = 0] = perSecond;
      return {
        ours: Math.max(...perSecond),
        baseline: one,
        ratio: Math.max(...perSecond) / one,
        aim: null,
        unit: "messages per second",
        extra: { messageCount, oneWorker: one, twoWorkers: two, fourWorkers: four },
      };
    }),
};

async function measureWorkers(
  context: AppContext,
  environment: Record<string, string>,
  workerCount: number,
  messageCount: number,
): Promise<number> {
  const workers = await Promise.all(Array.from({ length: workerCount }, () => startWorker(environment)));
  try {
    await pass(context, messageCount / 10);
    return messageCount / (await measureSeconds(() => pass(context, messageCount)));
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

async function pass(context: AppContext, messageCount: number): Promise<void> {
  for (let sent = 0; sent < messageCount; sent += messagesPerStatement) {
    const messages = Array.from(
      { length: Math.min(messagesPerStatement, messageCount - sent) },
      (_, index) => {
        const jobId = createId("job");
        return { data: { jobId, provider: providerIds[index % 3] ?? "openai" }, key: jobId };
      },
    );
    await context.queue.send("submit", messages);
  }
  while ((await countWaiting(context)) > 0) await delay(20);
}

async function countWaiting(context: AppContext): Promise<number> {
  const [row] = await context.db
    .select({ waiting: sql`count(*)`.mapWith(Number) })
    .from(sql`pgboss.job`)
    .where(sql`name like 'submit-%' and state < 'completed'`);
  return row?.waiting ?? 0;
}
