import { describe, expect, it } from "vitest";
import { estimateCumulativeIncidence } from "#lib/stats/cumulative-incidence.ts";
import type { DeliveryRecord } from "#lib/stats/cumulative-incidence.ts";
import { shareDeliveredBy } from "#lib/stats/share-delivered.ts";
import { wilsonInterval } from "#lib/stats/wilson.ts";

const records: DeliveryRecord[] = [
  { durationSeconds: 60, outcome: "delivered", count: 2 },
  { durationSeconds: 90, outcome: "competing" },
  { durationSeconds: 3600, outcome: "delivered", count: 2 },
  { durationSeconds: 7200, outcome: "censored", count: 5 },
];
const curve = estimateCumulativeIncidence(records);

describe("the share delivered by a time", () => {
  it("is read from the curve with its band", () => {
    const [first] = curve.steps;
    expect(shareDeliveredBy(curve, 75)).toMatchObject({
      timeSeconds: 75,
      lower: first?.lower,
      upper: first?.upper,
      atLeastShare: null,
    });
    expect(shareDeliveredBy(curve, 75).share).toBeCloseTo(0.2, 12);
    expect(shareDeliveredBy(curve, 60).share).toBeCloseTo(0.2, 12);
    expect(shareDeliveredBy(curve, 59).share).toBe(0);
    expect(shareDeliveredBy(curve, 7200).share).toBeCloseTo(0.4, 12);
  });

  it("is unknown but bounded below beyond the longest watch while jobs are open", () => {
    const { share, lower, atLeastShare } = shareDeliveredBy(curve, 86_400);
    expect([share, lower]).toEqual([null, null]);
    expect(atLeastShare).toBeCloseTo(0.4, 12);
  });

  it("stays as it is for good once no job is open", () => {
    const ended = estimateCumulativeIncidence(records.filter((record) => record.outcome !== "censored"));
    expect(shareDeliveredBy(ended, 86_400)).toMatchObject({ share: ended.steps.at(-1)?.incidence });
  });

  it("does not claim 0 % with certainty while nothing is delivered", () => {
    expect(shareDeliveredBy(curve, 30)).toMatchObject({
      share: 0,
      lower: 0,
      upper: wilsonInterval(0, 10)?.upper,
    });
    const noneYet = estimateCumulativeIncidence([
      { durationSeconds: 10, outcome: "competing" },
      { durationSeconds: 50, outcome: "censored", count: 3 },
    ]);
    expect(shareDeliveredBy(noneYet, 20).upper).toBe(wilsonInterval(0, 4)?.upper);
    expect(shareDeliveredBy(noneYet, 50).upper).toBe(wilsonInterval(0, 1)?.upper);
  });

  it("is unknown without jobs, and refuses negative times", () => {
    const unknown = { timeSeconds: 60, share: null, lower: null, upper: null, atLeastShare: null };
    expect(shareDeliveredBy(estimateCumulativeIncidence([]), 60)).toEqual(unknown);
    expect(() => shareDeliveredBy(curve, -1)).toThrow(RangeError);
  });
});

describe("the Wilson interval", () => {
  it("is the published one for 81 of 263", () => {
    const interval = wilsonInterval(81, 263);
    expect(interval?.lower.toFixed(4)).toBe("0.2553");
    expect(interval?.upper.toFixed(4)).toBe("0.3662");
  });

  it("touches 0 and 1 exactly, has no value for none, and refuses more successes than trials", () => {
    expect(wilsonInterval(0, 20)?.lower).toBe(0);
    expect(wilsonInterval(0, 20)?.upper.toFixed(4)).toBe("0.1611");
    expect(wilsonInterval(20, 20)?.upper).toBe(1);
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
  });
});
