import { expect, it } from "vitest";
import { GatheredReads } from "#lib/engine/gathered-reads.ts";

it("reads what is asked for side by side together, each key once", async () => {
  const asked: string[][] = [];
  const reads = new GatheredReads<number>(async (keys) => {
    asked.push(keys);
    return new Map(keys.filter((key) => key !== "none").map((key) => [key, key.length]));
  });
  const side = await Promise.all(["a", "bb", "none", "a"].map((key) => reads.read(key)));
  expect(side).toEqual([1, 2, null, 1]);
  expect(await reads.read("a")).toBe(1);
  expect(asked).toEqual([["a", "bb", "none"], ["a"]]);
});

it("rejects to all who asked, and reads anew for the next", async () => {
  let hasFailed = false;
  const reads = new GatheredReads<string>(async (keys) => {
    if (hasFailed) return new Map(keys.map((key) => [key, "here"]));
    hasFailed = true;
    throw new Error("no database");
  });
  const both = await Promise.allSettled([reads.read("a"), reads.read("b")]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await reads.read("a")).toBe("here");
});
