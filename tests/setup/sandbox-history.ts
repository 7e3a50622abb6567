import path from "node:path";
import { startSandbox } from "#sandbox/server.ts";
import { openPglite } from "#lib/db/open-pglite.ts";
import { jobs, type JobRow, type NewJobRow } from "#lib/db/schema/jobs.ts";
import type { ProviderTimestamps } from "#lib/domain/job.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { describeProviderJob } from "#lib/engine/record.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
import { createProviderRegistry } from "#lib/providers/registry.ts";
import { jobRow } from "#tests/factories/job-row.ts";

/** The sandbox draws its history from its clock too; with a fixed one it is the same in every run. */
const drawnAt = new Date("2026-11-01T12:00:00Z");
const apiKey = "history";
const everSince = new Date(0);
const rowsAtOnce = 200;

/**
 * Fills a new database with the past two weeks of the sandbox's three accounts, read through the adapters: finished,
 * failed, expired, cancelled and open jobs. The times are moved so that the two weeks end now. Resolves with the number
 * of jobs.
 */
export async function seedSandboxHistory(dataDirectory: string, now: Date): Promise<number> {
  const sandbox = await startSandbox({
    scenario: "demo",
    seed: 1,
    stateDir: path.join(dataDirectory, "history"),
    now: () => drawnAt.getTime(),
  });
  try {
    const shared = {
      apiKey,
      account: apiKey,
      spoolDirectory: path.join(dataDirectory, "spool"),
      clock: { now: () => drawnAt },
    };
    const registry = createProviderRegistry({
      openai: { ...shared, baseUrl: sandbox.urls.openai },
      google: { ...shared, baseUrl: sandbox.urls.google },
      anthropic: { ...shared, baseUrl: sandbox.urls.anthropic },
    });
    const rows: NewJobRow[] = [];
    for (const provider of providerIds) {
      for await (const seen of registry.get(provider).list({ since: everSince })) {
        rows.push(rowOf(seen, rows.length, now));
      }
    }
    await writeRows(dataDirectory, rows);
    return rows.length;
  } finally {
    await sandbox.close();
  }
}

function rowOf(seen: ProviderJob, index: number, now: Date): NewJobRow {
  const row = jobRow({
    id: `job_${String(index).padStart(16, "0")}`,
    origin: "adopted",
    provider: seen.provider,
    account: apiKey,
    model: null,
    requestCount: null,
    maxOutputTokens: null,
    nonce: null,
    launchedAt: now,
  });
  const timestamps = movedBy(seen.timestamps, now.getTime() - drawnAt.getTime());
  // The factory gives what the description reads; the other columns have defaults of the database.
  const described = describeProviderJob(row as JobRow, { ...seen, timestamps }, now);
  // Nobody watched these jobs end; the open ones go on being watched.
  const step = described.userStatus === "IN_PROGRESS" ? "poll" : "done";
  return { ...row, ...described, endSeenAt: null, step };
}

function movedBy(timestamps: ProviderTimestamps, milliseconds: number): ProviderTimestamps {
  const moved = (moment: Date | null) => moment && new Date(moment.getTime() + milliseconds);
  return {
    createdAt: moved(timestamps.createdAt),
    startedAt: moved(timestamps.startedAt),
    finalizingAt: moved(timestamps.finalizingAt),
    cancellingAt: moved(timestamps.cancellingAt),
    endedAt: moved(timestamps.endedAt),
    expiresAt: moved(timestamps.expiresAt),
  };
}

async function writeRows(dataDirectory: string, rows: NewJobRow[]): Promise<void> {
  const database = await openPglite(dataDirectory, path.resolve("lib/db/migrations"), (error) => {
    throw error;
  });
  try {
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      await database.db.insert(jobs).values(rows.slice(start, start + rowsAtOnce));
    }
  } finally {
    await database.close();
  }
}
