import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { OncePerInterval } from "#lib/engine/once-per-interval.ts";

const onError = vi.fn<(error: Error) => void>();
let hastening: OncePerInterval;

beforeEach(() => {
  vi.useFakeTimers();
  onError.mockReset();
  hastening = new OncePerInterval(500, onError);
});
afterEach(() => {
  hastening.stop();
  vi.useRealTimers();
});

it("lets the first call through at once and gives the rest one more, with what the last of them asked", async () => {
  const calls: string[] = [];
  const call = (name: string) => async () => void calls.push(name);
  await hastening.run("poll", call("first"));
  expect(calls).toEqual(["first"]);
  for (const name of ["second", "third", "fourth"]) await hastening.run("poll", call(name));
  await hastening.run("other", call("other"));
  expect(calls).toEqual(["first", "other"]);

  await vi.advanceTimersByTimeAsync(500);
  expect(calls).toEqual(["first", "other", "fourth"]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(calls).toHaveLength(3);
  await hastening.run("poll", call("later"));
  expect(calls.at(-1)).toBe("later");
});

it("rejects to the first caller, tells of later calls that fail, and goes on", async () => {
  const failure = new Error("no database");
  const failing = () => Promise.reject(failure);
  await expect(hastening.run("poll", failing)).rejects.toBe(failure);
  await hastening.run("poll", failing);
  await vi.advanceTimersByTimeAsync(500);
  expect(onError).toHaveBeenCalledExactlyOnceWith(failure);
});

it("drops what is still to come when it is stopped", async () => {
  const call = vi.fn<() => Promise<void>>(() => Promise.resolve());
  await hastening.run("poll", call);
  await hastening.run("poll", call);
  hastening.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(call).toHaveBeenCalledTimes(1);
});
