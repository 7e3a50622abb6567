import { setImmediate } from "node:timers/promises";
import type { AppContext } from "#lib/context.ts";
import {
  countTurnarounds,
  hasTurnaroundSince,
  type CountedTurnarounds,
} from "#lib/db/queries/count-turnarounds.ts";
import { comparisonFilterSchema } from "#lib/domain/comparison-filter.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import type { RecentTurnaround } from "#lib/domain/recent-turnaround.ts";
import { summariseTurnaround } from "./summarise-turnaround.ts";

type RecentContext = Pick<AppContext, "db" | "clock">;

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** So many hours are counted at once, so that nothing waits for long behind them, also with a million jobs. */
const sliceMs = 6 * hourMs;
const freshForMs = 60_000;

type Kept = { readAt: Date; reading: Promise<RecentTurnaround> };
const kept = new WeakMap<RecentContext, Kept>();

/**
 * Turnaround of late against the week before, kept for a minute for all who look. The spans begin at whole hours, so
 * that a comparison with the same times counts the same jobs.
 */
export function readRecentTurnaround(context: RecentContext): Promise<RecentTurnaround> {
  const now = context.clock.now();
  const known = kept.get(context);
  if (known && Math.abs(now.getTime() - known.readAt.getTime()) < freshForMs) return known.reading;
  const reading = computeRecentTurnaround(context, now);
  kept.set(context, { readAt: now, reading });
  reading.catch(() => {
    if (kept.get(context)?.reading === reading) kept.delete(context);
  });
  return reading;
}

async function computeRecentTurnaround({ db }: RecentContext, now: Date): Promise<RecentTurnaround> {
  const daySince = wholeHour(now.getTime() - dayMs);
  const weekBeforeSince = new Date(daySince.getTime() - 7 * dayMs);
  const curvesSince = wholeHour(now.getTime() - 7 * dayMs);
  const hasReal = await hasTurnaroundSince(db, false, weekBeforeSince);
  const hasSimulated = await hasTurnaroundSince(db, true, weekBeforeSince);
  const isSimulated = !hasReal;
  const read = async (from: Date, before: Date | null) => {
    const filter = comparisonFilterSchema.parse({ launchedFrom: from, launchedBefore: before });
    return countTurnarounds(db, { ...filter, isSimulated });
  };
  const slices: { from: Date; counted: CountedTurnarounds[] }[] = [];
  if (hasReal || hasSimulated) {
    for (const { from, before } of slicesOf([weekBeforeSince, curvesSince, daySince], now)) {
      slices.push({ from, counted: await read(from, before) });
      await setImmediate();
    }
  }
  const between = (from: Date, before: Date | null) =>
    slices
      .filter((slice) => slice.from >= from && (before === null || slice.from < before))
      .flatMap(({ counted }) => counted);
  const day = between(daySince, null);
  const weekBefore = between(weekBeforeSince, daySince);
  const week = between(curvesSince, null);
  const providers: RecentTurnaround["providers"] = [];
  for (const provider of providerIds) {
    const own = ({ provider: id }: CountedTurnarounds) => id === provider;
    if (![...day, ...weekBefore, ...week].some(own)) continue;
    providers.push({
      provider,
      day: summariseTurnaround(day.filter(own), now),
      weekBefore: summariseTurnaround(weekBefore.filter(own), now),
      week: summariseTurnaround(week.filter(own), now),
    });
    await setImmediate();
  }
  return {
    computedAt: now,
    isSimulated,
    hasOtherKind: hasReal && hasSimulated,
    daySince,
    weekBeforeSince,
    curvesSince,
    all: { day: summariseTurnaround(day, now), weekBefore: summariseTurnaround(weekBefore, now) },
    providers,
  };
}

function wholeHour(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / hourMs) * hourMs);
}

/** From the first edge on, never across an edge; the last one has no end, as a provider's clock may be ahead of ours. */
function* slicesOf(edges: Date[], now: Date): Generator<{ from: Date; before: Date | null }> {
  for (const [index, edge] of edges.entries()) {
    const end = edges[index + 1] ?? now;
    const isLast = index === edges.length - 1;
    for (let from = edge.getTime(); from < end.getTime(); from += sliceMs) {
      const before = Math.min(from + sliceMs, end.getTime());
      yield { from: new Date(from), before: isLast && before === now.getTime() ? null : new Date(before) };
    }
  }
}
