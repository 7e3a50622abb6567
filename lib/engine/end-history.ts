import type { Database } from "#lib/db/client.ts";
import type { RunningJob } from "#lib/db/queries/end-estimates.ts";
import { listTurnarounds } from "#lib/db/queries/list-turnarounds.ts";
import { listTurnaroundKinds, readEnds } from "#lib/db/queries/rolled-up-turnarounds.ts";
import { comparisonFilterSchema } from "#lib/domain/comparison-filter.ts";
import { estimateBases, type EstimateBasis } from "#lib/domain/end-estimate.ts";
import { jobSizeOf } from "#lib/domain/job-size.ts";
import { estimateSurvival, type SurvivalCurve, type SurvivalRecord } from "#lib/stats/survival.ts";

/** A history is read again when it is older than this. */
const freshForSeconds = 60;
const curvesLimit = 500;

type KeptCurve = { curve: SurvivalCurve; readAtMs: number };

/**
 * Curves of when jobs of a kind end (in any way; cancelled on demand and open ones as censored), kept for a minute so
 * that a thousand running jobs do not read the same history a thousand times.
 */
export class EndHistory {
  readonly #db: Database;
  readonly #curves = new Map<string, KeptCurve>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** The curve of jobs like this one, as wide as `basis` says. */
  async curveOf(job: RunningJob, basis: EstimateBasis, now: Date): Promise<SurvivalCurve> {
    const filter = filterOf(job, basis);
    const key = JSON.stringify(filter);
    const kept = this.#curves.get(key);
    if (kept && now.getTime() - kept.readAtMs < freshForSeconds * 1000) return kept.curve;
    const curve = estimateSurvival(await this.#readRecords(filter, now));
    if (this.#curves.size >= curvesLimit) this.#curves.clear();
    this.#curves.set(key, { curve, readAtMs: now.getTime() });
    return curve;
  }

  async #readRecords(filter: ReturnType<typeof filterOf>, now: Date): Promise<SurvivalRecord[]> {
    const records: SurvivalRecord[] = [];
    const kinds = await listTurnaroundKinds(this.#db, filter);
    const ends = await readEnds(
      this.#db,
      kinds.map((kind) => kind.id),
    );
    for (const { measure, bins, jobCounts } of ends) {
      const outcome = measure === "cancelled" ? "censored" : "event";
      bins.forEach((bin, index) => {
        if (bin >= 0) records.push({ durationSeconds: bin, outcome, count: jobCounts[index] ?? 0 });
      });
    }
    for await (const page of listTurnarounds(this.#db, filter, { only: "unfinished" })) {
      for (const { createdAtSeconds } of page) {
        const ageSeconds = Math.max(0, now.getTime() / 1000 - createdAtSeconds);
        records.push({ durationSeconds: ageSeconds, outcome: "censored" });
      }
    }
    return records;
  }
}

/** From the narrowest history to the widest. A job of unknown model or size has no history of its own. */
export function basesOf(job: RunningJob): readonly EstimateBasis[] {
  if (job.model === null) return ["provider"];
  return estimateBases;
}

function filterOf(job: RunningJob, basis: EstimateBasis) {
  return {
    ...comparisonFilterSchema.parse({
      providers: [job.provider],
      model: basis === "provider" ? null : job.model,
      size: basis === "model_and_size" ? jobSizeOf(job.requestCount) : null,
    }),
    isSimulated: job.isSimulated,
  };
}
