import { sql } from "drizzle-orm";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { chromium, type Page } from "playwright";
import type { Database } from "#lib/db/client.ts";
import { openPglite } from "#lib/db/open-pglite.ts";
import { chromiumFlags, findChromium } from "../bootstrap/find-chromium.mjs";
import { startAppServer, type AppServer } from "./support/app-server.ts";
import { measureSeconds, medianOf, type Benchmark } from "./support/benchmark.ts";
import { seedJobs } from "./support/seed-jobs.ts";

const migrationsDirectory = path.join(import.meta.dirname, "..", "..", "lib", "db", "migrations");
const rounds = 7;
const changesPerSecond = 100;
const changingSeconds = 10;

/** What people ask of the list: filters and orders, also a place far down. */
const questions = [
  "",
  "?status=IN_PROGRESS",
  "?status=FAILED,CANCELLED_ON_DEMAND",
  "?provider=google&status=FAILED&sort=turnaround",
  "?sort=turnaround&order=asc",
  "?sort=lastChecked",
  "?sort=status&order=asc",
  "?model=gpt-4o-mini",
  "?set=set_0000000000000007",
  "?within=24h",
  "?q=half-hourly%20run%2012",
  "?q=batch_1a2b",
];

/** The Jobs page over 100,000 jobs in PGlite: answers of the server, and what a browser makes of them. */
export const jobsPageBenchmark: Benchmark = {
  name: "jobs-page",
  async run({ directory, scaled, say }) {
    const jobCount = scaled(100_000);
    const dataDirectory = path.join(directory, "data");
    const baseline = await seed(dataDirectory, jobCount);
    say(`${jobCount} jobs; both questions without an index: ${(baseline * 1000).toFixed(0)} ms`);
    const server = await startAppServer(dataDirectory);
    try {
      const answers = await measureAnswers(server.url);
      say(`answers: p95 ${(answers.p95Seconds * 1000).toFixed(0)} ms, slowest ${answers.slowest}`);
      const firstLoadScriptBytes = await measureScripts(server.url);
      say(`scripts that the page loads first: ${(firstLoadScriptBytes / 1000).toFixed(0)} kB compressed`);
      const shown = await measureBrowser(server, say);
      return {
        ours: answers.p95Seconds,
        baseline,
        ratio: baseline / answers.p95Seconds,
        aim: null,
        unit: "seconds",
        extra: {
          jobCount,
          medianSeconds: answers.medianSeconds,
          aimSeconds: 0.1,
          ...shown,
          shownAimSeconds: 0.2,
          longestTaskAimSeconds: 0.1,
          firstLoadScriptBytes,
          firstLoadScriptAimBytes: 180_000,
          changesPerSecond,
        },
      };
    } finally {
      await server.stop();
    }
  },
};

/** Writes the jobs. Resolves with the seconds that a page and its counts take while every index is forbidden. */
async function seed(dataDirectory: string, jobCount: number): Promise<number> {
  const handle = await openPglite(dataDirectory, migrationsDirectory, (error) => {
    throw error;
  });
  try {
    await seedJobs(handle.db, jobCount, new Date());
    return await measureWithoutIndexes(handle.db);
  } finally {
    await handle.close();
  }
}

async function measureWithoutIndexes(db: Database): Promise<number> {
  for (const way of ["indexscan", "indexonlyscan", "bitmapscan"]) {
    await db.execute(sql.raw(`set enable_${way} = off`));
  }
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    seconds.push(
      await measureSeconds(async () => {
        await db.execute(sql`select provider, user_status, count(*) from jobs group by 1, 2`);
        await db.execute(
          sql`select id from jobs order by launched_at desc, launch_order desc, id desc limit 100`,
        );
      }),
    );
  }
  return medianOf(seconds);
}

async function measureAnswers(url: string) {
  const all: { question: string; seconds: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    for (const question of questions) {
      const rows = `${url}/api/jobs/rows${question}`;
      const counts = `${url}/api/jobs/counts${question}`;
      // The rows of a search come with its counts.
      const asked = question.includes("q=") ? [rows] : [rows, counts];
      const seconds = await measureSeconds(() => Promise.all(asked.map(read)));
      // The first round finds nothing in the caches of the database.
      if (round >= 0) all.push({ question, seconds });
    }
  }
  const seconds = all.map((answer) => answer.seconds);
  const slowest = all.toSorted((left, right) => right.seconds - left.seconds)[0];
  return {
    p95Seconds: percentileOf(seconds, 0.95),
    medianSeconds: percentileOf(seconds, 0.5),
    slowest: slowest?.question ?? "",
  };
}

async function read(url: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}

/** Bytes, compressed, of the scripts that the page's HTML names; those for old browsers are not counted. */
async function measureScripts(url: string): Promise<number> {
  const html = await (await fetch(`${url}/jobs`)).text();
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  const paths = tags.flatMap((tag) => {
    const source = /\bsrc="([^"]+)"/.exec(tag)?.[1];
    return source && !/\bnomodule\b/i.test(tag) ? [source] : [];
  });
  let bytes = 0;
  for (const source of new Set(paths)) {
    const script = await (await fetch(new URL(source, url))).arrayBuffer();
    bytes += gzipSync(new Uint8Array(script)).length;
  }
  return bytes;
}

async function measureBrowser(server: AppServer, say: (text: string) => void) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags() });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const filterShownSeconds = await measureShown(page, server.url, statusButtons);
    const sortShownSeconds = await measureShown(page, server.url, sortButtons);
    say(`shown after ${filterShownSeconds.toFixed(3)} s (filter), ${sortShownSeconds.toFixed(3)} s (sort)`);
    await page.goto(`${server.url}/jobs`);
    server.changeJobs(changesPerSecond);
    const longestTaskSeconds = await measureLongestTask(page);
    server.changeJobs(0);
    say(`longest task during ${changesPerSecond} changes a second: ${longestTaskSeconds.toFixed(3)} s`);
    return { filterShownSeconds, sortShownSeconds, longestTaskSeconds };
  } finally {
    await browser.close();
  }
}

const statusButtons = ["In progress", "Succeeded", "Failed", "Cancelled"];
const sortButtons = ["Age or turnaround", "Last checked", "Status"];

/** Presses buttons one after the other, on a fresh page each round; the 95th percentile of the seconds until the rows are shown. */
async function measureShown(page: Page, url: string, names: readonly string[]): Promise<number> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.goto(`${url}/jobs`);
    await page.locator('tbody tr[data-index="20"]').getByRole("link").first().waitFor();
    for (const name of names) {
      const button = page.locator("button", { hasText: new RegExp(`^${name}( *[0-9,]+)?$`) }).first();
      seconds.push(await button.evaluate(pressAndWait));
    }
  }
  return percentileOf(seconds, 0.95);
}

/** Runs in the page: from the press until the rows of the new filter or order are drawn and the list is at rest. */
function pressAndWait(button: HTMLElement | SVGElement): Promise<number> {
  const look = () => {
    const grid = document.querySelector("[role=grid]");
    const first = document.querySelector("tbody tr[data-index='0']");
    return {
      isBusy: grid?.getAttribute("aria-busy") === "true",
      content: `${grid?.getAttribute("aria-rowcount")} ${first?.textContent?.replace(/[0-9]+ (s|min).*/, "")}`,
    };
  };
  const startedAt = performance.now();
  const before = look().content;
  // Locators of buttons give HTML elements.
  (button as HTMLElement).click();
  return new Promise((resolve) => {
    const watch = () => {
      const { isBusy, content } = look();
      const elapsedMs = performance.now() - startedAt;
      if ((!isBusy && content !== before) || elapsedMs > 10_000) resolve(elapsedMs / 1000);
      else requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  });
}

function percentileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function measureLongestTask(page: Page): Promise<number> {
  await page.waitForTimeout(2_000);
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { longTasks: seen });
    new PerformanceObserver((list) => seen.push(...list.getEntries().map((entry) => entry.duration))).observe(
      { type: "longtask" },
    );
  });
  await page.waitForTimeout(changingSeconds * 1000);
  const readings = await page.evaluate(
    () =>
      performance.getEntriesByType("resource").filter(({ name }) => name.includes("/api/jobs/rows")).length,
  );
  if (readings < changingSeconds / 2) throw new Error("The list did not follow the changes.");
  const longestMs = await page.evaluate(() =>
    // Written above by this function alone.
    Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks),
  );
  return longestMs / 1000;
}
