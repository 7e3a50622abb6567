/**
 * A duration with its outcome. `count` stands for that many equal records and is 1 when left out; it is a fraction
 * where a record is spread over several durations.
 */
export type DurationRecord<Outcome extends string> = {
  durationSeconds: number;
  outcome: Outcome;
  count?: number;
};

/** What was seen at each distinct duration, in ascending order of time. */
export type Tally<Outcome extends string> = {
  /** Distinct durations in seconds, ascending. */
  timesSeconds: Float64Array;
  /** For each outcome the number of records at each time, in the order of `timesSeconds`. */
  counts: Record<Outcome, Float64Array>;
  /** Number of records, counts included. */
  total: number;
};

/** The records of one outcome; `hasCounts` once any of them stands for another number than one. */
type Column = { durations: number[]; counts: number[]; hasCounts: boolean };

/** A column in ascending order of time; without `counts` each record counts once. */
type SortedColumn = { timesSeconds: Float64Array; counts: Float64Array | null };

/**
 * Counts records by duration and outcome: linear after one sort of each outcome.
 * Throws a RangeError for a duration that is negative or not finite, and for a count that is.
 */
export function tallyByTime<Outcome extends string>(
  records: Iterable<DurationRecord<Outcome>>,
  outcomes: readonly Outcome[],
): Tally<Outcome> {
  const columns = new Map<Outcome, Column>(
    outcomes.map((outcome) => [outcome, { durations: [], counts: [], hasCounts: false }]),
  );
  let total = 0;
  for (const { durationSeconds, outcome, count = 1 } of records) {
    const column = columns.get(outcome);
    if (column === undefined) throw new RangeError(`Unknown outcome "${outcome}".`);
    checkRecord(durationSeconds, count);
    if (count === 0) continue;
    column.durations.push(durationSeconds);
    column.counts.push(count);
    if (count !== 1) column.hasCounts = true;
    total += count;
  }
  const merged = mergeColumns([...columns.values()].map(sortColumn));
  // Every outcome of the type stands in `outcomes`, so the object has a column for each of its keys.
  const counts = Object.fromEntries(
    outcomes.map((outcome, index) => [outcome, merged.counts[index] ?? new Float64Array()]),
  ) as Record<Outcome, Float64Array>;
  return { timesSeconds: merged.timesSeconds, counts, total };
}

function checkRecord(durationSeconds: number, count: number): void {
  if (!Number.isFinite(durationSeconds) || durationSeconds < 0) {
    throw new RangeError(`A duration must be a finite number of seconds from 0 up, not ${durationSeconds}.`);
  }
  if (!Number.isFinite(count) || count < 0) {
    throw new RangeError(`A count must be a finite number from 0 up, not ${count}.`);
  }
}

/** Typed arrays sort many times faster than pairs of numbers, so only counted records pay for their counts. */
function sortColumn({ durations, counts, hasCounts }: Column): SortedColumn {
  if (!hasCounts) return { timesSeconds: Float64Array.from(durations).sort(), counts: null };
  if (isAscending(durations)) {
    return { timesSeconds: Float64Array.from(durations), counts: Float64Array.from(counts) };
  }
  const order = durations.map((_, index) => index);
  order.sort((first, second) => (durations[first] ?? 0) - (durations[second] ?? 0));
  return {
    timesSeconds: Float64Array.from(order, (index) => durations[index] ?? 0),
    counts: Float64Array.from(order, (index) => counts[index] ?? 0),
  };
}

function isAscending(durations: readonly number[]): boolean {
  let before = 0;
  for (const duration of durations) {
    if (duration < before) return false;
    before = duration;
  }
  return true;
}

/** One row for each distinct time, and in it the number of records of each column. */
function mergeColumns(columns: readonly SortedColumn[]): {
  timesSeconds: Float64Array;
  counts: Float64Array[];
} {
  const most = columns.reduce((sum, column) => sum + column.timesSeconds.length, 0);
  const timesSeconds = new Float64Array(most);
  const next = new Int32Array(columns.length);
  const merged = columns.map(() => new Float64Array(most));
  let rowCount = 0;
  for (;;) {
    let earliest = Infinity;
    for (let index = 0; index < columns.length; index += 1) {
      earliest = Math.min(earliest, columns[index]?.timesSeconds[next[index] ?? 0] ?? Infinity);
    }
    if (earliest === Infinity) break;
    timesSeconds[rowCount] = earliest;
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      const row = merged[index];
      if (!column || !row) continue;
      let place = next[index] ?? 0;
      let count = 0;
      while (column.timesSeconds[place] === earliest) {
        count += column.counts?.[place] ?? 1;
        place += 1;
      }
      next[index] = place;
      row[rowCount] = count;
    }
    rowCount += 1;
  }
  return {
    timesSeconds: timesSeconds.subarray(0, rowCount),
    counts: merged.map((row) => row.subarray(0, rowCount)),
  };
}

/** What is left at risk; the rounding of fractions never leaves a sliver of a job. */
export function leftAtRisk(atRisk: number, leaving: number): number {
  const left = atRisk - leaving;
  return left > sliver ? left : 0;
}

const sliver = 1e-9;
