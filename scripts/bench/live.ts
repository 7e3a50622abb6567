import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { chromium, type Page } from "playwright";
import { readConfig } from "#lib/config.ts";
import { composeContext } from "#lib/compose-context.ts";
import type { AppContext } from "#lib/context.ts";
import { jobs, type JobRow, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { createId } from "#lib/domain/ids.ts";
import { unknownCounts } from "#lib/domain/outcome-counts.ts";
import { recordProviderJob } from "#lib/engine/record.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
// oxlint-disable-next-line no-restricted-imports -- the production server as the tests start it
import { startProductionServer } from "../../tests/setup/production-server.ts";
import { ensureBuilt } from "../bootstrap/ensure-built.mjs";
import { ensureChromium } from "../bootstrap/ensure-chromium.mjs";
import type { Benchmark } from "./support/benchmark.ts";
import { withPostgres } from "./support/with-postgres.ts";

const aimMs = 300;
const pauseMs = 1_200;

/**
 * From a provider's answer in the engine's hands to the changed row in an open browser, with 1,000 active jobs: the
 * engine is this process, the server another, the browser a third; PostgreSQL stands between them.
 */
export const liveBenchmark: Benchmark = {
  name: "live",
  run: ({ directory, scaled, say }) =>
    withPostgres(async (databaseUrl) => {
      await ensureBuilt(process.execPath);
      const executablePath = await ensureChromium(process.execPath);
      const dataDirectory = path.join(directory, "data");
      const environment = { DATABASE_URL: databaseUrl, BATCHMARK_SANDBOX: "1", BATCHMARK_ENGINE: "off" };
      const { context, close } = await composeContext(
        readConfig({ ...environment, BATCHMARK_DATA_DIR: dataDirectory, BATCHMARK_LOG_LEVEL: "error" }),
      );
      await insertActiveJobs(context, scaled(1_000));
      const server = await startProductionServer({ dataDirectory: path.join(directory, "web"), environment });
      const browser = await chromium.launch({ executablePath });
      try {
        const page = await browser.newPage();
        await page.goto(`${server.url}/jobs`);
        await page.getByRole("grid").waitFor();
        await page.waitForLoadState("networkidle").catch(() => undefined);
        const seconds: number[] = [];
        for (let round = 0; round < scaled(100); round += 1) {
          seconds.push(await measureChange(context, page, round));
          if (round % 20 === 19) say(`${round + 1} changes seen`);
        }
        return figuresOf(seconds);
      } finally {
        await browser.close();
        await server.stop();
        await close();
      }
    }),
};

function figuresOf(milliseconds: number[]) {
  const sorted = milliseconds.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    ours: at(0.95),
    baseline: aimMs,
    ratio: aimMs / at(0.95),
    aim: 1,
    unit: "milliseconds",
    extra: { p50: at(0.5), p95: at(0.95), longest: at(1), changeCount: sorted.length },
  };
}

async function insertActiveJobs(context: AppContext, count: number): Promise<void> {
  const now = context.clock.now();
  const rows = Array.from({ length: count }, (_, index): NewJobRow => ({
    id: createId("job"),
    origin: "launched",
    provider: "openai",
    account: "benchmark",
    isSimulated: true,
    model: "gpt-4o-mini",
    task: "text",
    requestCount: 1_000_000,
    countTotal: 1_000_000,
    nonce: "0123456789abcdef",
    providerJobId: `batch_${index}`,
    serviceStatus: "in_progress",
    userStatus: "IN_PROGRESS",
    step: "poll",
    launchedAt: new Date(now.getTime() - index * 1000),
    submittedAt: new Date(now.getTime() - index * 1000),
    providerCreatedAt: new Date(now.getTime() - index * 1000),
    nextCheckAt: new Date(now.getTime() + 3_600_000),
  }));
  for (let start = 0; start < rows.length; start += 500) {
    await context.db.insert(jobs).values(rows.slice(start, start + 500));
  }
}

/** Lets the newest job end and waits for the word in its row. Milliseconds, by the clock of this machine. */
async function measureChange(context: AppContext, page: Page, round: number): Promise<number> {
  await delay(pauseMs + (round % 7) * 50);
  const job = await jobAt(context, round % 20);
  const link = page.locator(`tr:has(a[href*="${job.id}"])`);
  await link.waitFor();
  const word = `status_${round}`;
  const changed = page.waitForFunction(
    ([id, text]) => {
      const row = document.querySelector(`a[href*="${id}"]`)?.closest("tr");
      return row?.innerHTML.includes(text ?? "") ? Date.now() : false;
    },
    [job.id, word],
    { polling: "raf", timeout: 30_000 },
  );
  const answeredAtMs = Date.now();
  await recordProviderJob(context, job, answer(job, word));
  const shownAtMs = await (await changed).jsonValue();
  if (typeof shownAtMs !== "number") throw new Error("The change was not seen.");
  return shownAtMs - answeredAtMs;
}

async function jobAt(context: AppContext, index: number): Promise<JobRow> {
  const [job] = await context.db
    .select()
    .from(jobs)
    .where(eq(jobs.providerJobId, `batch_${index}`));
  if (!job) throw new Error(`There is no job ${index}.`);
  return job;
}

/** A service status that nobody has seen before: the row bears it as it is, so that it can be waited for. */
function answer(job: JobRow, serviceStatus: string): ProviderJob {
  return {
    provider: job.provider,
    id: job.providerJobId ?? "",
    name: job.id,
    model: job.model,
    serviceStatus,
    hasEnded: false,
    hasResults: false,
    counts: { ...unknownCounts, total: job.requestCount },
    timestamps: {
      createdAt: job.providerCreatedAt,
      startedAt: null,
      finalizingAt: null,
      cancellingAt: null,
      endedAt: null,
      expiresAt: null,
    },
    usage: null,
    failure: null,
    raw: {},
  };
}
