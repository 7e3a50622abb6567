import { expect, it } from "vitest";
import { GatheredWrites } from "#lib/engine/gathered-writes.ts";

it("writes at once, and what is asked for meanwhile together after it, each with its own result", async () => {
  const written: number[][] = [];
  const writes = new GatheredWrites<number, string>(async (numbers) => {
    written.push(numbers);
    return numbers.map(String);
  });
  const results = await Promise.all([1, 2, 3].map((number) => writes.write(number)));
  expect(results).toEqual(["1", "2", "3"]);
  expect(await writes.write(4)).toBe("4");
  expect(written).toEqual([[1], [2, 3], [4]]);
});

it("keeps each write bounded", async () => {
  const sizes: number[] = [];
  const writes = new GatheredWrites<number, number>(async (numbers) => {
    sizes.push(numbers.length);
    return numbers;
  });
  await Promise.all(Array.from({ length: 252 }, (_, number) => writes.write(number)));
  expect(sizes).toEqual([1, 100, 100, 51]);
});

it("writes each row by itself where a joint write fails, so that only the faulty one rejects", async () => {
  const writes = new GatheredWrites<number, number>(async (numbers) => {
    if (numbers.includes(2)) throw new Error("no database");
    return numbers;
  });
  const results = await Promise.allSettled([1, 2, 3].map((number) => writes.write(number)));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await writes.write(4)).toBe(4);
});
