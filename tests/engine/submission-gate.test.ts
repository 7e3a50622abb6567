import { expect, it } from "vitest";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { gateLimits, SubmissionGate } from "#lib/engine/submission-gate.ts";

const megabyte = 1024 * 1024;

/** A gate with submissions that run until they are ended by name. */
function openGate() {
  const gate = new SubmissionGate();
  const running = new Map<string, () => void>();
  const enter = (jobId: string, provider: ProviderId, inputBytes: number, signal?: AbortSignal) =>
    gate.run({ jobId, provider, inputBytes }, signal, async () => {
      await new Promise<void>((resolve) => running.set(jobId, resolve));
      running.delete(jobId);
      return jobId;
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { gate, running, enter, settled };
}

it("lets 40 small submissions of each provider go at once", async () => {
  const { running, enter, settled } = openGate();
  for (let index = 0; index < 50; index += 1) {
    void enter(`openai-${index}`, "openai", 1_000);
    void enter(`google-${index}`, "google", 1_000);
  }
  await settled();
  expect(running.size).toBe(2 * gateLimits.submissionsPerProvider);
  running.get("openai-0")?.();
  await settled();
  expect(running.has("openai-40")).toBe(true);
});

it("lets one go that is larger than all that may be in flight, and the others after it", async () => {
  const { running, enter, settled } = openGate();
  void enter("huge", "openai", 200 * megabyte);
  void enter("small", "google", megabyte);
  await settled();
  expect([...running.keys()]).toEqual(["huge"]);
  running.get("huge")?.();
  await settled();
  expect([...running.keys()]).toEqual(["small"]);
});

it("does not let small ones overtake a large one for ever", async () => {
  const { running, enter, settled } = openGate();
  void enter("first", "openai", 40 * megabyte);
  void enter("large", "openai", 60 * megabyte);
  void enter("small", "google", megabyte);
  await settled();
  expect([...running.keys()]).toEqual(["first"]);
  running.get("first")?.();
  await settled();
  expect([...running.keys()]).toEqual(["large", "small"]);
});

it("halves a provider's share at a rate limit, and gives it back with success", () => {
  const { gate } = openGate();
  gate.slowDown("openai");
  expect(gate.limitOf("openai")).toBe(20);
  expect(gate.limitOf("google")).toBe(40);
  for (let index = 0; index < 10; index += 1) gate.slowDown("openai");
  expect(gate.limitOf("openai")).toBe(1);
  for (let index = 0; index < 2_000; index += 1) gate.speedUp("openai");
  expect(gate.limitOf("openai")).toBe(40);
});

it("refuses a job that is in hand already, and forgets one that is told to stop", async () => {
  const { running, enter, settled } = openGate();
  void enter("first", "openai", 64 * megabyte);
  expect(await enter("first", "openai", 1)).toBeNull();
  const stop = new AbortController();
  const waiting = enter("second", "openai", megabyte, stop.signal);
  await settled();
  stop.abort();
  expect(await waiting).toBeNull();
  running.get("first")?.();
  await settled();
  expect(running.size).toBe(0);
});
