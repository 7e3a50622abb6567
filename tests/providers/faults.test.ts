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

  it("never takes results that are not named yet for none", async () => {
    const provider = await world.provider(id);
    const ended = await endedJob(provider, id, 3);
    await world.addFault({ kind: "late-output", provider: id, seconds: 3_600 });
    const unnamed = await provider.get(ended.id);
    expect(unnamed).toMatchObject({ hasEnded: true, hasResults: false });
    const error = await providerErrorOf(collect(provider.results(unnamed)));
    expect(error.kind).toBe("not_found");
    await world.clearFaults();
    expect(await collect(provider.results(unnamed))).toHaveLength(3);
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
});

/** Fetches again while too little arrives, as whoever collects does. */
async function collectPatiently(provider: BatchProvider, job: ProviderJob) {
  for (let attempt = 1; attempt <= 40; attempt += 1) {
    try {
      return await collect(provider.results(job));
    } catch (error) {
      expect(error).toMatchObject({ kind: "unreadable_reply", isRetryable: true });
    }
  }
  return collect(provider.results(job));
}
