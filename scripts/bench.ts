import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundleBenchmark } from "./bench/bundle.ts";
import { commandBenchmarks } from "./bench/command.ts";
import { jobsPageBenchmark } from "./bench/jobs-page.ts";
import { launchBenchmark } from "./bench/launch.ts";
import { lighthouseBenchmark } from "./bench/lighthouse.ts";
import { liveBenchmark } from "./bench/live.ts";
import { memoryBenchmark } from "./bench/memory.ts";
import { queueBenchmark } from "./bench/queue.ts";
import { refreshBenchmarks } from "./bench/refresh.ts";
import { statisticsBenchmark } from "./bench/statistics.ts";
import { resultsPageBenchmark } from "./bench/results-page.ts";
import { runBenchmark, type Benchmark } from "./bench/support/benchmark.ts";
import { transferBenchmarks } from "./bench/transfer.ts";

const benchmarks: Benchmark[] = [
  ...transferBenchmarks,
  launchBenchmark,
  ...refreshBenchmarks,
  liveBenchmark,
  queueBenchmark,
  memoryBenchmark,
  statisticsBenchmark,
  ...commandBenchmarks,
  jobsPageBenchmark,
  resultsPageBenchmark,
  bundleBenchmark,
  lighthouseBenchmark,
];

const usage = `Usage: npm run bench -- [--quick] [part of a name]
Benchmarks: ${benchmarks.map(({ name }) => name).join(", ")}`;

/** Measures each chosen benchmark in a process of its own, so that none finds the memory and caches of another. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: "boolean", default: false }, alone: { type: "string" } },
    allowPositionals: true,
  });
  const alone = benchmarks.find(({ name }) => name === values.alone);
  if (alone) {
    process.stdout.write(`${await runBenchmark(alone, values.quick)}\n`);
    return;
  }
  const filter = positionals[0] ?? "";
  const chosen = benchmarks.filter(({ name }) => name.includes(filter));
  if (chosen.length === 0) throw new Error(`No benchmark has "${filter}" in its name.`);
  for (const { name } of chosen) await runInOwnProcess(name, values.quick);
}

async function runInOwnProcess(name: string, isQuick: boolean): Promise<void> {
  const args = [fileURLToPath(import.meta.url), "--alone", name, ...(isQuick ? ["--quick"] : [])];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const [exitCode] = await once(child, "exit");
  if (exitCode !== 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${usage}\n`,
  );
  process.exitCode = 1;
}
