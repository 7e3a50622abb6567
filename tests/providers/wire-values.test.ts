import { describe, expect, it } from "vitest";
import { storableReply, wireCount, wireTotal } from "#lib/providers/wire-values.ts";

describe("a reply that is to be stored", () => {
  it("is the same object when nothing is wrong with it", () => {
    const reply = { name: "żółw 🐢", path: String.raw`C:\u0000`, list: [1, null] };
    expect(storableReply(reply)).toBe(reply);
  });

  it("loses NUL and half surrogate pairs, in names of fields too, and nothing else", () => {
    const reply = { "a\u0000": [`x\u0000y`, "\uD83D", String.raw`\\` + "\u0000", String.raw`\u0000`] };
    const pair = String.raw`\\` + "\uFFFD";
    expect(storableReply(reply)).toEqual({ "a\uFFFD": ["x\uFFFDy", "\uFFFD", pair, String.raw`\u0000`] });
  });
});

describe("a count of the wire", () => {
  it.each([
    [0, 0],
    [7, 7],
    ["7", 7],
    [-1, null],
    [1.5, null],
    [400_000_001, null],
    ["1e3", null],
    [true, null],
    [undefined, undefined],
    [null, null],
  ])("%j reads as %j", (value, expected) => {
    expect(wireCount.parse(value)).toBe(expected);
  });

  it("that was added up over a batch may be larger", () => {
    expect(wireTotal.parse(5_000_000_000)).toBe(5_000_000_000);
    expect(wireTotal.parse(-5)).toBeNull();
  });
});
