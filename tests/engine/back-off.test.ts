import { describe, expect, it } from "vitest";
import { backOffSeconds } from "#lib/engine/back-off.ts";

const middle = () => 0.5;

describe("the pause before the next attempt", () => {
  it("doubles up to its limit", () => {
    const pauses = [1, 2, 3, 4, 50].map((attempts) =>
      backOffSeconds(attempts, { baseSeconds: 2, limitSeconds: 10, random: middle }),
    );
    expect(pauses).toEqual([2, 4, 8, 10, 10]);
  });

  it("is at least what the provider asked for", () => {
    const options = { baseSeconds: 2, limitSeconds: 10, retryAfterSeconds: 30, random: middle };
    expect(backOffSeconds(1, options)).toBe(30);
  });

  it("varies by a fifth in both directions", () => {
    const options = { baseSeconds: 10, limitSeconds: 10 };
    expect(backOffSeconds(1, { ...options, random: () => 0 })).toBeCloseTo(8);
    expect(backOffSeconds(1, { ...options, random: () => 0.999999 })).toBeCloseTo(12, 3);
  });
});
