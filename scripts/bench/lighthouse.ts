import path from "node:path";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromium } from "playwright";
import { jobRowsSchema } from "#lib/domain/job-page.ts";
import { openPglite } from "#lib/db/open-pglite.ts";
import { chromiumFlags, findChromium } from "../bootstrap/find-chromium.mjs";
import { findFreePort, startAppServer } from "./support/app-server.ts";
import type { Benchmark } from "./support/benchmark.ts";
import { seedJobs } from "./support/seed-jobs.ts";

const migrationsDirectory = path.join(import.meta.dirname, "..", "..", "lib", "db", "migrations");
const categories = ["performance", "accessibility", "best-practices"] as const;
const aim = 95;
const jobCount = 2_000;

/** Lighthouse over every page of the production build with a history of simulated jobs; the worst of all scores counts. */
export const lighthouseBenchmark: Benchmark = {
  name: "lighthouse",
  async run({ directory, say }) {
    const dataDirectory = path.join(directory, "data");
    await seed(dataDirectory);
    const server = await startAppServer(dataDirectory);
    const port = await findFreePort();
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: [...chromiumFlags(), `--remote-debugging-port=${port}`],
    });
    try {
      const scores = new Map<string, number>();
      for (const form of ["desktop", "mobile"] as const) {
        for (const page of await pagesOf(server.url)) {
          const found = await measure(new URL(page.address, server.url).href, port, form);
          for (const [category, score] of found.scores) scores.set(`${form} ${page.name} ${category}`, score);
          const words = found.scores.map(([category, score]) => `${category} ${score}`).join(", ");
          say(
            `${form} ${page.name}: ${words}${found.failed.length > 0 ? `; ${found.failed.join("; ")}` : ""}`,
          );
        }
      }
      const worst = Math.min(...scores.values());
      return {
        ours: worst,
        baseline: aim,
        ratio: worst / aim,
        aim: 1,
        unit: "points",
        extra: { jobCount, ...Object.fromEntries(scores) },
      };
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

async function seed(dataDirectory: string): Promise<void> {
  const handle = await openPglite(dataDirectory, migrationsDirectory, (error) => {
    throw error;
  });
  try {
    await seedJobs(handle.db, jobCount, new Date());
  } finally {
    await handle.close();
  }
}

async function pagesOf(url: string): Promise<{ name: string; address: string }[]> {
  const fixed = [
    "/",
    "/launch",
    "/job-sets",
    "/jobs",
    "/jobs/import",
    "/compare",
    "/providers",
    "/providers/recent-jobs",
    "/storage",
  ].map((address) => ({ name: address, address }));
  const { jobs } = jobRowsSchema.parse(await (await fetch(`${url}/api/jobs/rows?status=SUCCEEDED`)).json());
  const job = jobs[0];
  if (!job?.jobSetId) throw new Error("There is no job to look at.");
  return [
    ...fixed,
    { name: "/job-sets/[jobSetId]", address: `/job-sets/${job.jobSetId}` },
    { name: "/jobs/[jobId]", address: `/jobs/${job.id}` },
  ];
}

type Found = { scores: [category: string, score: number][]; failed: string[] };

async function measure(url: string, port: number, form: "desktop" | "mobile"): Promise<Found> {
  const flags = { port, logLevel: "error" as const, onlyCategories: [...categories] };
  const result = await lighthouse(url, flags, form === "desktop" ? desktopConfig : undefined);
  if (!result) throw new Error(`Lighthouse says nothing of ${url}.`);
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(`Lighthouse cannot look at ${url}: ${lhr.runtimeError.message}`);
  const scores = categories.map((category): [string, number] => [
    category,
    Math.round((lhr.categories[category]?.score ?? 0) * 100),
  ]);
  const weak = categories.filter((_category, index) => (scores[index]?.[1] ?? 0) < aim);
  const failed = weak.flatMap((category) =>
    (lhr.categories[category]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 0.9)
      .map(({ id }) => `${id} ${lhr.audits[id]?.displayValue ?? ""}`.trim()),
  );
  return { scores, failed };
}
