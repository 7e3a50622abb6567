import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import { readConfig } from "#lib/config.ts";
import { composeContext } from "#lib/compose-context.ts";
import type { AppContext } from "#lib/context.ts";
// oxlint-disable-next-line no-restricted-imports -- the production server as the tests start it
import { startProductionServer } from "../../tests/setup/production-server.ts";
import { ensureBuilt } from "../bootstrap/ensure-built.mjs";
import type { Benchmark } from "./support/benchmark.ts";
import { withPostgres } from "./support/with-postgres.ts";

const resources = ["/api/jobs", "/api/overview", "/api/job-sets", "/api/compare", "/jobs", "/"];

/** Memory of the production server, engine included, with no job and with 100,000, after every page was read often. */
export const memoryBenchmark: Benchmark = {
  name: "memory",
  run: ({ directory, scaled, say }) =>
    withPostgres(async (databaseUrl) => {
      await ensureBuilt(process.execPath);
      const environment = { DATABASE_URL: databaseUrl, BATCHMARK_SANDBOX: "1" };
      const { context, close } = await composeContext(
        readConfig({
          ...environment,
          BATCHMARK_DATA_DIR: path.join(directory, "data"),
          BATCHMARK_LOG_LEVEL: "error",
        }),
      );
      const jobCount = scaled(100_000);
      const server = await startProductionServer({ dataDirectory: path.join(directory, "web"), environment });
      try {
        const rounds = scaled(100);
        await readOften(server.url, rounds);
        const baseline = serverRssBytes(server.url);
        say(`without jobs: ${(baseline / 1e6).toFixed(0)} MB`);
        await insertEndedJobs(context, jobCount);
        await readOften(server.url, rounds);
        const ours = serverRssBytes(server.url);
        return {
          ours: ours / 1e6,
          baseline: baseline / 1e6,
          ratio: baseline / ours,
          aim: null,
          unit: "megabytes",
          extra: { jobCount, requests: rounds * resources.length },
        };
      } finally {
        await server.stop();
        await close();
      }
    }),
};

async function readOften(url: string, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const resource of resources) await (await fetch(url + resource)).arrayBuffer();
  }
}

/** Resident memory of the process that listens on this port, and of its children. Linux only. */
function serverRssBytes(url: string): number {
  const port = new URL(url).port;
  let sum = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
      if (!command.includes("next") || !environment.includes(`PORT=${port}\0`)) continue;
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
      sum += Number(kilobytes ?? 0) * 1024;
    } catch {
      // Processes of others cannot be read, and some end while they are looked at.
    }
  }
  if (sum === 0) throw new Error("The server's memory cannot be read here; this benchmark needs Linux.");
  return sum;
}

async function insertEndedJobs(context: AppContext, count: number): Promise<void> {
  await context.db.execute(sql`
    insert into jobs (id, origin, provider, account, is_simulated, model, task, request_count, user_status, step,
      provider_job_id, service_status, count_total, count_succeeded, count_failed, provider_created_at,
      provider_ended_at, launched_at, submitted_at, end_seen_at, last_checked_at, raw)
    select 'job_' || lpad(n::text, 16, '0'), 'launched', (array['openai', 'google', 'anthropic'])[1 + n % 3],
      'benchmark', true, 'model-' || n % 3, 'text', 10, 'SUCCEEDED', 'done', 'batch_' || n, 'completed', 10, 10, 0,
      now() - n * interval '1 minute', now() - n * interval '1 minute' + (n % 5000) * interval '1 second',
      now() - n * interval '1 minute', now() - n * interval '1 minute', now() - n * interval '1 minute',
      now() - n * interval '1 minute', '{}'::jsonb
    from generate_series(1, ${count}::int) as n
  `);
}
