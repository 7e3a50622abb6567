import type { TurnaroundOutcome } from "#lib/domain/turnaround.ts";
import type { HeatMapCell } from "#lib/domain/comparison-figures.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { countedQuantile, countValues } from "#lib/stats/counted-values.ts";
import { hourOf, weekdayOf } from "./group-tallies.ts";

type Cell = { jobCount: number; deliveredCount: number; turnarounds: Map<number, number> };

/** Counts jobs by hour and weekday of their launch (UTC) for each provider. */
export class HeatMapTally {
  readonly #cells = new Map<ProviderId, Map<number, Cell>>();

  /** Adds a job launched at that moment; `seconds` is its turnaround when it was delivered. */
  add(job: {
    provider: ProviderId;
    outcome: TurnaroundOutcome;
    seconds: number | null;
    createdAtSeconds: number;
  }): void {
    const hourOfWeek = (weekdayOf(job.createdAtSeconds) - 1) * 24 + hourOf(job.createdAtSeconds);
    const turnarounds = job.seconds === null ? [] : [job.seconds];
    this.addToHour(job.provider, hourOfWeek, { outcome: job.outcome, turnarounds, jobCounts: [1] });
  }

  /** Adds jobs of one outcome; `hourOfWeek` counts from Monday 0:00: 0–167. Turnarounds in seconds. */
  addToHour(
    provider: ProviderId,
    hourOfWeek: number,
    jobs: { outcome: TurnaroundOutcome; turnarounds: readonly number[]; jobCounts: readonly number[] },
  ): void {
    const cell = this.#cellOf(provider, hourOfWeek);
    const total = jobs.jobCounts.reduce((sum, jobCount) => sum + jobCount, 0);
    cell.jobCount += total;
    if (jobs.outcome !== "delivered" && jobs.outcome !== "partial") return;
    cell.deliveredCount += total;
    jobs.turnarounds.forEach((seconds, index) => {
      const known = cell.turnarounds.get(seconds) ?? 0;
      cell.turnarounds.set(seconds, known + (jobs.jobCounts[index] ?? 0));
    });
  }

  figures(): { provider: ProviderId; cells: HeatMapCell[] }[] {
    return providerIds.flatMap((provider) => {
      const cells = this.#cells.get(provider);
      if (!cells) return [];
      const ascending = [...cells].toSorted(([left], [right]) => left - right);
      return [{ provider, cells: ascending.map(([hourOfWeek, cell]) => toFigures(hourOfWeek, cell)) }];
    });
  }

  #cellOf(provider: ProviderId, hourOfWeek: number): Cell {
    let cells = this.#cells.get(provider);
    if (!cells) this.#cells.set(provider, (cells = new Map()));
    let cell = cells.get(hourOfWeek);
    if (!cell) cells.set(hourOfWeek, (cell = { jobCount: 0, deliveredCount: 0, turnarounds: new Map() }));
    return cell;
  }
}

function toFigures(hourOfWeek: number, { jobCount, deliveredCount, turnarounds }: Cell): HeatMapCell {
  return {
    weekday: Math.floor(hourOfWeek / 24) + 1,
    hour: hourOfWeek % 24,
    jobCount,
    deliveredCount,
    medianSeconds: countedQuantile(countValues(turnarounds), 0.5),
  };
}
