import type { DeliveryRecord } from "#lib/stats/cumulative-incidence.ts";
import { normalProbability } from "#lib/stats/normal.ts";
import type { SurvivalRecord } from "#lib/stats/survival.ts";

/** A repeatable source of uniform numbers in (0, 1): mulberry32. */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
}

/**
 * The truth of the simulations, as providers show it: a fast mode of minutes and a slow mode of about 7.3 hours. Both
 * are log-normal; `fastShare` of the jobs are fast.
 */
const fastShare = 0.7;
const fast = { median: 240, spread: 0.6 };
const slow = { median: 26_500, spread: 0.25 };

function standardNormal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** One turnaround in seconds. */
export function drawTurnaround(uniform: () => number): number {
  const mode = uniform() < fastShare ? fast : slow;
  return mode.median * Math.exp(mode.spread * standardNormal(uniform));
}

/** The true share of jobs that end within these seconds. */
export function trueShare(seconds: number): number {
  const slowShare = 1 - fastShare;
  return (
    fastShare * normalProbability(Math.log(seconds / fast.median) / fast.spread) +
    slowShare * normalProbability(Math.log(seconds / slow.median) / slow.spread)
  );
}

/** The true time by which a share of the jobs ends, in seconds, by bisection. */
export function trueQuantile(share: number): number {
  let low = 0.01;
  let high = 1e7;
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (trueShare(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const youngestSeconds = 45;
const oldestSeconds = 100_000;

/** The age at which a job is looked at, whatever becomes of it: 40 % of the jobs are still open then. */
function drawAge(uniform: () => number): number {
  return youngestSeconds * (oldestSeconds / youngestSeconds) ** uniform();
}

/**
 * What is known of `count` jobs of one experiment; `lostShare` of the jobs end without delivery, at the time at which
 * they would have been delivered.
 */
export function drawExperiment(uniform: () => number, count: number, lostShare = 0): DeliveryRecord[] {
  return Array.from({ length: count }, () => {
    const turnaround = drawTurnaround(uniform);
    const age = drawAge(uniform);
    if (age < turnaround) return { durationSeconds: age, outcome: "censored" };
    return { durationSeconds: turnaround, outcome: uniform() < lostShare ? "competing" : "delivered" };
  });
}

/** The same for a curve that asks only when jobs end. */
export function toSurvivalRecords(records: readonly DeliveryRecord[]): SurvivalRecord[] {
  return records.map((record) => ({
    ...record,
    outcome: record.outcome === "censored" ? "censored" : "event",
  }));
}
