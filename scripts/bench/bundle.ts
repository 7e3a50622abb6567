import { describeFirstLoads, measureFirstLoads } from "../bootstrap/first-load.mjs";
import type { Benchmark } from "./support/benchmark.ts";

/** Scripts that the pages load first, compressed, in the production build at hand. */
export const bundleBenchmark: Benchmark = {
  name: "bundle",
  run: async ({ say }) => {
    const firstLoads = measureFirstLoads();
    say(describeFirstLoads(firstLoads));
    const limited = firstLoads.filter(({ limit }) => limit !== null);
    const heaviest = limited[0];
    if (!heaviest?.limit) throw new Error("The build has none of the pages that have a limit.");
    return {
      ours: heaviest.bytes,
      baseline: heaviest.limit,
      ratio: heaviest.limit / heaviest.bytes,
      aim: 1,
      unit: "bytes",
      extra: Object.fromEntries(firstLoads.map(({ page, bytes }) => [`${page} bytes`, bytes])),
    };
  },
};
