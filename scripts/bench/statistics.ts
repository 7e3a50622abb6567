import { PGlite } from "@electric-sql/pglite";
import { estimateCumulativeIncidence, type DeliveryRecord } from "#lib/stats/cumulative-incidence.ts";
import { incidenceQuantile, type QuantileEstimate } from "#lib/stats/quantiles.ts";
import { measureSeconds, medianOf, type Benchmark } from "./support/benchmark.ts";

const shares = [0.5, 0.75, 0.9, 0.95, 0.99];
const rounds = 5;

/** The curve with its bands and percentiles of a million finished jobs; against the percentiles alone by the database. */
export const statisticsBenchmark: Benchmark = {
  name: "statistics",
  async run({ scaled, say }) {
    const jobCount = scaled(1_000_000);
    const database = await PGlite.create();
    try {
      await fillTurnarounds(database, jobCount);
      say(`${jobCount} rows written`);
      let counted: DeliveryRecord[] = [];
      const countingSeconds = await measureSeconds(async () => (counted = await countTurnarounds(database)));
      let byUs: QuantileEstimate[] = [];
      let byDatabase: number[] = [];
      const ours: number[] = [];
      const baseline: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        ours.push(await measureSeconds(() => (byUs = estimate(counted))));
        baseline.push(await measureSeconds(async () => (byDatabase = await percentiles(database))));
      }
      assertAgreement(byUs, byDatabase);
      const oneByOne = oneRecordEach(jobCount);
      const uncountedSeconds = await measureSeconds(() => estimate(oneByOne));
      return {
        ours: medianOf(ours),
        baseline: medianOf(baseline),
        ratio: medianOf(baseline) / medianOf(ours),
        aim: null,
        unit: "seconds",
        extra: { jobCount, distinctDurations: counted.length, countingSeconds, uncountedSeconds },
      };
    } finally {
      await database.close();
    }
  },
};

/** Turnarounds in whole seconds, log-normal around ten minutes, up to a day: as OpenAI's clock gives them. */
async function fillTurnarounds(database: PGlite, jobCount: number): Promise<void> {
  await database.exec("create table turnarounds (seconds double precision not null)");
  await database.query(
    `insert into turnarounds
     select least(86400, floor(600 * exp(1.2 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))))
     from generate_series(1, $1::int)`,
    [jobCount],
  );
}

async function countTurnarounds(database: PGlite): Promise<DeliveryRecord[]> {
  const { rows } = await database.query<{ seconds: number; jobs: number }>(
    "select seconds, count(*)::int as jobs from turnarounds group by seconds",
  );
  return rows.map((row) => ({ durationSeconds: row.seconds, outcome: "delivered", count: row.jobs }));
}

function estimate(records: DeliveryRecord[]): QuantileEstimate[] {
  const curve = estimateCumulativeIncidence(records);
  return shares.map((share) => incidenceQuantile(curve, share));
}

async function percentiles(database: PGlite): Promise<number[]> {
  const { rows } = await database.query<{ values: number[] }>(
    "select percentile_cont($1::float8[]) within group (order by seconds) as values from turnarounds",
    [shares],
  );
  return rows[0]?.values ?? [];
}

/** Two ways to the same numbers; they may differ by the interpolation between neighbouring seconds. */
function assertAgreement(byUs: QuantileEstimate[], byDatabase: number[]): void {
  byUs.forEach(({ probability, valueSeconds }, index) => {
    const expected = byDatabase[index];
    if (
      valueSeconds === null ||
      expected === undefined ||
      Math.abs(valueSeconds - expected) > 0.01 * expected + 1
    ) {
      throw new Error(`The ${probability} quantile is ${valueSeconds} here and ${expected} in the database.`);
    }
  });
}

/** The hardest case: every job a record of its own, with a duration that no other has. */
function oneRecordEach(jobCount: number): DeliveryRecord[] {
  return Array.from({ length: jobCount }, (_, index) => ({
    durationSeconds: ((index * 7919) % jobCount) / 1000 + 60,
    outcome: "delivered",
  }));
}
