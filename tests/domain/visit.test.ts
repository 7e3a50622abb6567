import { describe, expect, it } from "vitest";
import { countedSince, readVisit, visitAt, writeVisit } from "#lib/domain/visit.ts";

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);

/** Opens the page at each of these times in the same browser; the last visit decides. */
function openAt(...times: string[]) {
  let cookie: string | undefined;
  let counted = null;
  for (const time of times) {
    const visit = visitAt(readVisit(cookie, at(time)), at(time));
    counted = countedSince(visit, at(time));
    cookie = writeVisit(visit);
  }
  return counted;
}

describe("what ended since the last visit", () => {
  it("is what ended in the last day for somebody who was never here", () => {
    expect(openAt("14:05")).toEqual({ since: new Date("2026-11-21T14:05:00Z"), isFirstVisit: true });
  });

  it("counts from when the page was last seen", () => {
    expect(openAt("08:00", "14:05")).toEqual({ since: at("08:00"), isFirstVisit: false });
  });

  it("does not start anew with a reload, nor after a look at other pages", () => {
    expect(openAt("08:00", "14:05", "14:06", "14:30")).toEqual({ since: at("08:00"), isFirstVisit: false });
    expect(openAt("08:00", "08:20")).toMatchObject({ isFirstVisit: true });
  });

  it("counts from the end of a long visit, not from its start", () => {
    expect(openAt("08:00", "10:00", "10:25", "10:50", "14:05")?.since).toEqual(at("10:50"));
  });

  it("reaches back 30 days at most", () => {
    const visit = { since: new Date("2026-01-01T00:00:00Z"), lastSeenAt: at("08:00") };
    expect(countedSince(visit, at("08:00")).since).toEqual(new Date("2026-10-23T08:00:00Z"));
  });

  it.each(["", "x.y", "5", "9999999999999999.1", "200.100", undefined])(
    "takes the cookie %s for a first visit",
    (cookie) => {
      expect(readVisit(cookie, at("08:00"))).toBeNull();
    },
  );

  it("bears with a clock that was ahead", () => {
    const ahead = writeVisit({ since: at("07:00"), lastSeenAt: at("09:00") });
    expect(readVisit(ahead, at("08:00"))).toEqual({ since: at("07:00"), lastSeenAt: at("08:00") });
  });
});
