import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { jobInput, openSandboxWorld, promptsOf, untilResults, type SandboxWorld } from "./sandbox-world.ts";
import { collect, providerErrorOf } from "./support.ts";

let world: SandboxWorld;
let stateDir: string;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "batchmark-faults-"));
  world = await openSandboxWorld(stateDir);
});

afterEach(() => world.clearFaults());

afterAll(async () => {
  await world.close();
  await rm(stateDir, { recursive: true, force: true });
});

async function endedJob(provider: BatchProvider, id: ProviderId, count: number): Promise<ProviderJob> {
  const { id: jobId } = await provider.submit(jobInput(id, promptsOf(count)));
  return untilResults(world, provider, jobId);
}

describe.each(providerIds)("the adapter of %s", (id) => {
  it.each([
    [
      { kind: "rate-limit", seconds: 5 },
      { kind: "rate_limit", isRetryable: true, retryAfterSeconds: 5 },
    ],
    [{ kind: "rate-limit-without-hint" }, { kind: "rate_limit", isRetryable: true, retryAfterSeconds: null }],
    [{ kind: "server-error" }, { kind: "server", isRetryable: true, httpStatus: 500 }],
    [{ kind: "bad-gateway-html" }, { kind: "server", isRetryable: true, httpStatus: 502 }],
    [{ kind: "unavailable" }, { kind: "server", isRetryable: true, httpStatus: 503 }],
    [{ kind: "close-before" }, { kind: "unreachable", isRetryable: true, httpStatus: null }],
    [{ kind: "close-after" }, { kind: "unreachable", isRetryable: true, httpStatus: null }],
  ])("under %j rejects every kind of call with %j", async (fault, expected) => {
    const provider = await world.provider(id);
    const job = await provider.submit(jobInput(id, ["Hello."]));
    await world.addFault({ ...fault, provider: id });
    for (const call of [
      () => provider.get(job.id),
      () => collect(provider.list({ since: new Date(0) })),
      () => provider.models(),
      () => provider.submit(jobInput(id, ["Hello."])),
    ]) {
      const error = await providerErrorOf(call());
      expect(error).toMatchObject({ provider: id, ...expected });
      expect(error.message).not.toMatch(/<html|undefined|contract-key/i);
    }
  });

  it("whose creation's answer was lost finds the batch again and has made it once", async () => {
    const provider = await world.provider(id, { apiKey: `lost-answer-${id}` });
    const callsBefore = await world.callCount(id, "batches.create");
    await world.addFault({ kind: "close-after", provider: id, endpoint: "batches.create" });
    const error = await providerErrorOf(provider.submit(jobInput(id, promptsOf(3), `job_lost_${id}`)));
    expect(error).toMatchObject({ kind: "unreachable" });
    expect(error.leavesOutcomeUnknown).toBe(true);
    await world.clearFaults();
    const found = await collect(provider.list({ since: new Date(0) }));
    expect(found).toHaveLength(1);
    expect(await world.callCount(id, "batches.create")).toBe(callsBefore + 1);
    expect(found[0]?.name).toBe(provider.capabilities.keepsJobName ? `job_lost_${id}` : null);
  });

  it("says not found while a fresh batch is not visible yet, and finds it later", async () => {
    const provider = await world.provider(id);
    await world.addFault({ kind: "not-found-after-create", provider: id, seconds: 3 });
    const job = await provider.submit(jobInput(id, ["Hello."]));
    expect((await providerErrorOf(provider.get(job.id))).kind).toBe("not_found");
    world.advance(5);
    expect((await provider.get(job.id)).id).toBe(job.id);
  });

  it("keeps an unknown status word and takes the batch for unfinished", async () => {
    const provider = await world.provider(id);
    const { id: jobId } = await provider.submit(jobInput(id, ["Hello."]));
    await world.addFault({ kind: "unknown-status", provider: id, status: "snoozing" });
    const job = await provider.get(jobId);
    expect(job).toMatchObject({ hasEnded: false, hasResults: false });
    expect(job.serviceStatus).toContain("snoozing");
  });

  it("does not take a batch for collectable before its output is there", async () => {
    const provider = await world.provider(id);
    await world.addFault({ kind: "late-output", provider: id, seconds: 20 });
    const { id: jobId } = await provider.submit(jobInput(id, promptsOf(4)));
    world.advance(5);
    expect(await provider.get(jobId)).toMatchObject({ hasEnded: true, hasResults: false });
    world.advance(30);
    const job = await provider.get(jobId);
    expect(job.hasResults).toBe(true);
    expect(await collect(provider.results(job))).toHaveLength(4);
  });

  it("notices results that are cut off, wherever the cut is", async () => {
    const provider = await world.provider(id);
    const job = await endedJob(provider, id, 40);
    for (const bytes of [1, 700, 1501, 4000]) {
      await world.clearFaults();
      await world.addFault({ kind: "truncate", provider: id, bytes });
      const error = await providerErrorOf(collect(provider.results(job)));
      expect(error.isRetryable).toBe(true);
      expect(["unreachable", "unreadable_reply"]).toContain(error.kind);
    }
    await world.clearFaults();
    expect(await collect(provider.results(job))).toHaveLength(40);
  });

  it("waits for results that trickle in, and holds none back", async () => {
    const provider = await world.provider(id);
    const job = await endedJob(provider, id, 5);
    await world.addFault({ kind: "trickle", provider: id, bytes: 20_000 });
    expect(await collect(provider.results(job))).toHaveLength(5);
  });

  it("gives a silent call up after its time-out and says that it may be tried again", async () => {
    const patient = await world.provider(id);
    const job = await patient.submit(jobInput(id, ["Hello."]));
    const provider = await world.provider(id, { timeoutMs: 100 });
    await world.addFault({ kind: "slow", provider: id, seconds: 2 });
    const error = await providerErrorOf(provider.get(job.id));
    expect(error).toMatchObject({ kind: "unreachable", isRetryable: true });
  });

  it("counts malformed lines and reads the others", async () => {
    const provider = await world.provider(id);
    const job = await endedJob(provider, id, 60);
    await world.addFault({ kind: "malformed-line", provider: id, rate: 0.3 });
    const lines = await collectPatiently(provider, job);
    expect(lines).toHaveLength(60);
    const unreadable = lines.filter((line) => line.kind === "unreadable");
    expect(unreadable.length).toBeGreaterThan(5);
    expect(unreadable.length).toBeLessThan(40);
    for (const line of unreadable) expect(line.raw.length).toBeGreaterThan(0);
  });

  it("skips blank lines", async () => {
    const provider = await world.provider(id);
    const job = await endedJob(provider, id, 20);
    await world.addFault({ kind: "blank-line", provider: id, rate: 0.5 });
    const lines = await collect(provider.results(job));
    expect(lines).toHaveLength(20);
    expect(lines.every((line) => line.kind === "result")).toBe(true);
    expect(lines.at(-1)?.lineNumber).toBeGreaterThan(20);
  });

  it("hands a doubled result over as often as it comes", async () => {
    const provider = await world.provider(id);
    const job = await endedJob(provider, id, 10);
    await world.addFault({ kind: "duplicate-custom-id", provider: id });
    expect(await collect(provider.results(job))).toHaveLength(20);
  });

  it("reads results in the end although the provider lost one for good", async () => {
    const provider = await world.provider(id);
    const job = await endedJob(provider, id, 10);
    await world.addFault({ kind: "missing-custom-id", provider: id, times: 1 });
    await collect(provider.results(job)).catch(() => undefined);
    await world.clearFaults();
    expect(await collect(provider.results(job))).toHaveLength(10);
    await world.addFault({ kind: "missing-custom-id", provider: id });
    expect(await collectPatiently(provider, job)).toHaveLength(0);
  });

  it("keeps the provider's own times when its clock is off", async () => {
    const provider = await world.provider(id);
    await world.addFault({ kind: "clock-offset", provider: id, seconds: 600 });
    const { timestamps } = await provider.submit(jobInput(id, ["Hello."]));
    const offsetSeconds = (Number(timestamps.createdAt) - world.now().getTime()) / 1000;
    expect(Math.abs(offsetSeconds - 600)).toBeLessThan(2);
  });
});

/** Fetches again while too little arrives, as whoever collects does. */
async function collectPatiently(provider: BatchProvider, job: ProviderJob) {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      return await collect(provider.results(job));
    } catch (error) {
      expect(error).toMatchObject({ kind: "unreadable_reply", isRetryable: true });
    }
  }
  return collect(provider.results(job));
}
