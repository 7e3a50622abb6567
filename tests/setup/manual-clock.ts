import type { Clock } from "#lib/domain/clock.ts";

/** A clock that stands still until the test moves it. */
export type ManualClock = Clock & { advance(seconds: number): void; moveTo(moment: Date): void };

export function createManualClock(start = new Date("2026-11-22T12:00:00.000Z")): ManualClock {
  let present = start.getTime();
  return {
    now: () => new Date(present),
    advance(seconds) {
      present += seconds * 1000;
    },
    moveTo(moment) {
      present = Math.max(present, moment.getTime());
    },
  };
}
