import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** What one benchmark measured. `ours` and `baseline` are in `unit`. */
export type Figures = {
  ours: number;
  baseline: number;
  /** How many times as good as the baseline, whatever the unit: more is better. */
  ratio: number;
  /** The ratio that we aim for; null where there is none. */
  aim: number | null;
  unit: string;
  /** Further figures, their units in their names. */
  extra: Record<string, number | string | boolean>;
};

export type BenchmarkRun = {
  /** Empty, and gone when the benchmark is over. */
  directory: string;
  /** A size of the benchmark: a tenth of it in a quick run. */
  scaled: (size: number) => number;
  /** For people: goes to stderr. */
  say: (progress: string) => void;
};

export type Benchmark = {
  name: string;
  run: (run: BenchmarkRun) => Promise<Figures>;
};

/** Runs one benchmark in a folder of its own and returns its line for stdout. */
export async function runBenchmark(benchmark: Benchmark, isQuick: boolean): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), "batchmark-bench-"));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      rmSync(directory, { recursive: true, force: true });
      process.exit(1);
    });
  }
  try {
    const figures = await benchmark.run({
      directory,
      scaled: (size) => (isQuick ? Math.ceil(size / 10) : size),
      say: (progress) => void process.stderr.write(`${benchmark.name}: ${progress}\n`),
    });
    const { ours, baseline, ratio, aim, unit, extra } = figures;
    return JSON.stringify({
      name: benchmark.name,
      ours: rounded(ours),
      baseline: rounded(baseline),
      ratio: rounded(ratio),
      unit,
      ...(aim === null ? {} : { aim }),
      ...Object.fromEntries(Object.entries(extra).map(([key, value]) => [key, roundedIfNumber(value)])),
      ...(isQuick ? { isQuick } : {}),
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Four significant digits; whole numbers stay as they are. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}

function roundedIfNumber(value: number | string | boolean): number | string | boolean {
  return typeof value === "number" ? rounded(value) : value;
}

/** How long `work` took, in seconds. */
export async function measureSeconds(work: () => unknown): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return (performance.now() - startedAtMs) / 1000;
}

/** The middle one of an odd number of values. */
export function medianOf(values: number[]): number {
  const middle = values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new Error("There is nothing to take the median of.");
  return middle;
}
