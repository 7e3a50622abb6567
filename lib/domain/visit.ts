/**
 * When somebody last saw the first page, kept in a cookie of the browser so that the server can count what ended since.
 * A visit goes on until the page was not seen for half an hour; a reload does not begin a new one.
 */
export type Visit = {
  /** What ended from here on is new; null in the first visit. */
  since: Date | null;
  lastSeenAt: Date;
};

export const visitCookie = "batchmark-visit";
const visitGapMs = 30 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** Older visits are not told apart. */
export const longestSinceDays = 30;

/** `<since>.<last seen>`, milliseconds since 1970; `since` is empty in the first visit. */
export function writeVisit({ since, lastSeenAt }: Visit): string {
  return `${since?.getTime() ?? ""}.${lastSeenAt.getTime()}`;
}

/** The visit that a cookie tells of; null when it tells of none. */
export function readVisit(text: string | undefined, now: Date): Visit | null {
  const match = /^(\d{1,15})?\.(\d{1,15})$/.exec(text ?? "");
  if (!match) return null;
  const since = match[1] === undefined ? null : new Date(Number(match[1]));
  // Another host may have written it by a clock that is ahead of ours.
  const lastSeenAt = new Date(Math.min(Number(match[2]), now.getTime()));
  return since !== null && since > lastSeenAt ? null : { since, lastSeenAt };
}

/** The visit that is going on at `now`, given the one that the browser remembers. */
export function visitAt(remembered: Visit | null, now: Date): Visit {
  if (remembered === null) return { since: null, lastSeenAt: now };
  const goesOn = now.getTime() - remembered.lastSeenAt.getTime() < visitGapMs;
  return { since: goesOn ? remembered.since : remembered.lastSeenAt, lastSeenAt: now };
}

/** From when on a visit counts what ended. */
export type Counted = { since: Date; isFirstVisit: boolean };

/** The last visit, at most 30 days ago, or a day ago in the first one. */
export function countedSince({ since }: Visit, now: Date): Counted {
  if (since === null) return { since: new Date(now.getTime() - dayMs), isFirstVisit: true };
  const earliest = now.getTime() - longestSinceDays * dayMs;
  return { since: new Date(Math.max(since.getTime(), earliest)), isFirstVisit: false };
}
