import { sql } from "drizzle-orm";
import path from "node:path";
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
      const seconds = await measureSeconds(() =>
        Promise.all([read(`${url}/api/jobs/rows${question}`), read(`${url}/api/jobs/counts${question}`)]),
      );
      // The first round finds nothing in the caches of the database.
      if (round >= 0) all.push({ question, seconds });
    }
  }
  const sorted = all.toSorted((left, right) => left.seconds - right.seconds);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return {
    p95Seconds: at(0.95)?.seconds ?? 0,
    medianSeconds: at(0.5)?.seconds ?? 0,
    slowest: sorted.at(-1)?.question ?? "",
  };
}

async function read(url: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}

async function measureBrowser(server: AppServer, say: (text: string) => void) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags() });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.url}/jobs`);
    await page.locator('tbody tr[data-index="20"]').getByRole("link").first().waitFor();
    const filterShownSeconds = await measureShown(page, ["Failed", "Succeeded", "All"], "filter");
    const sortShownSeconds = await measureShown(
      page,
      ["Age or turnaround", "Last checked", "Status"],
      "sort",
    );
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

/** Presses buttons one after the other; the median of the seconds until the rows of each are on the screen. */
async function measureShown(page: Page, names: readonly string[], kind: "filter" | "sort"): Promise<number> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const button =
        kind === "filter"
          ? page.getByRole("group", { name: "Status" }).getByRole("button", { name: new RegExp(`^${name}`) })
          : page.getByRole("columnheader").getByRole("button", { name });
      seconds.push(await button.evaluate(pressAndWait));
      // A question that was asked before is answered from memory; the next round should ask it anew.
      await page.waitForTimeout(200);
    }
  }
  return medianOf(seconds);
}

/** Runs in the page: the list is busy from the press until the new rows are drawn. */
function pressAndWait(button: HTMLElement | SVGElement): Promise<number> {
  const startedAt = performance.now();
  const before = document.querySelector("tbody tr[data-index='0']")?.textContent ?? "";
  (button as HTMLElement).click();
  return new Promise((resolve) => {
    const look = () => {
      const grid = document.querySelector("[role=grid]");
      const now = document.querySelector("tbody tr[data-index='0']")?.textContent ?? "";
      const isShown = grid?.getAttribute("aria-busy") !== "true" && now !== before;
      const elapsedMs = performance.now() - startedAt;
      if (isShown || elapsedMs > 10_000) resolve(elapsedMs / 1000);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
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
  const longestMs = await page.evaluate(() =>
    // Written above by this function alone.
    Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks),
  );
  return longestMs / 1000;
}
