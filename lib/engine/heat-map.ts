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
    this.addToHour(job.provider, hourOfWeek, { ...job, jobCount: 1 });
  }

  /** Adds jobs that ended alike; `hourOfWeek` counts from Monday 0:00: 0–167. */
  addToHour(
    provider: ProviderId,
    hourOfWeek: number,
    { outcome, seconds, jobCount }: { outcome: TurnaroundOutcome; seconds: number | null; jobCount: number },
  ): void {
    const cell = this.#cellOf(provider, hourOfWeek);
    cell.jobCount += jobCount;
    if (outcome !== "delivered" && outcome !== "partial") return;
    cell.deliveredCount += jobCount;
    if (seconds === null) return;
    cell.turnarounds.set(seconds, (cell.turnarounds.get(seconds) ?? 0) + jobCount);
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
