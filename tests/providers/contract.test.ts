import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import type { RequestResult, ResultLine } from "#lib/domain/result.ts";
import { isKnownServiceStatus, userStatusOf } from "#lib/domain/user-status.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
import {
  jobInput,
  models,
  openSandboxWorld,
  promptsOf,
  untilResults,
  type SandboxWorld,
} from "./sandbox-world.ts";
import { collect, providerErrorOf } from "./support.ts";

let world: SandboxWorld;
let stateDir: string;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "batchmark-contract-"));
  world = await openSandboxWorld(stateDir);
});

afterAll(async () => {
  await world.close();
  await rm(stateDir, { recursive: true, force: true });
});

function resultsOf(lines: ResultLine[]): RequestResult[] {
  return lines.map((line) => {
    if (line.kind !== "result") throw new Error(`Line ${line.lineNumber} is unreadable: ${line.reason}`);
    return line.result;
  });
}

const total = ({ counts }: ProviderJob) =>
  (counts.succeeded ?? 0) +
  (counts.failed ?? 0) +
  (counts.expired ?? 0) +
  (counts.cancelled ?? 0) +
  (counts.unfinished ?? 0);

describe.each(providerIds)("the adapter of %s", (id: ProviderId) => {
  it("submits a job, follows it to its end and reads one result for each request", async () => {
    const provider = await world.provider(id);
    const submittedAt = world.now();
    const submitted = await provider.submit(jobInput(id, promptsOf(20), `job_life_${id}`));
    expect(submitted).toMatchObject({ provider: id, hasEnded: false, hasResults: false });
    expect(submitted.name).toBe(provider.capabilities.keepsJobName ? `job_life_${id}` : null);
    expect(Math.abs(Number(submitted.timestamps.createdAt) - submittedAt.getTime())).toBeLessThan(1000);

    const seen = new Set([submitted.serviceStatus]);
    let job = submitted;
    for (let step = 0; step < 200 && !(job.hasEnded && job.hasResults); step += 1) {
      world.advance(0.05);
      job = await provider.get(submitted.id);
      seen.add(job.serviceStatus);
    }
    expect(seen.size).toBeGreaterThan(1);
    for (const status of seen) expect(isKnownServiceStatus(id, status)).toBe(true);
    expect(job).toMatchObject({ hasEnded: true, hasResults: true });
    expect(job.counts.total).toBe(20);
    expect(total(job)).toBe(20);
    expect(job.counts.unfinished).toBe(0);
    const { createdAt, endedAt } = job.timestamps;
    expect(createdAt).toEqual(submitted.timestamps.createdAt);
    expect(Number(endedAt)).toBeGreaterThanOrEqual(Number(createdAt));

    const results = resultsOf(await collect(provider.results(job)));
    const ids = results.map((result) => result.customId).sort();
    expect(ids).toEqual(Array.from({ length: 20 }, (_, index) => `nonce-${index}`).sort());
    const succeeded = results.filter((result) => result.outcome === "succeeded");
    expect(succeeded).toHaveLength(job.counts.succeeded ?? -1);
    for (const result of succeeded) {
      expect(result.text).toBeTruthy();
      expect(result.usage?.outputTokens).toBeGreaterThan(0);
      expect(result.usage?.totalTokens).toBeGreaterThan(result.usage?.outputTokens ?? 0);
    }
  });

  it("gives the raw bytes whose slices are the result lines", async () => {
    const provider = await world.provider(id);
    const { id: jobId } = await provider.submit(jobInput(id, promptsOf(5)));
    const job = await untilResults(world, provider, jobId);
    const bytes = Buffer.concat(await collect(provider.rawResults(job)));
    const lines = await collect(provider.results(job));
    expect(lines).toHaveLength(5);
    for (const line of lines) {
      const slice = bytes.subarray(line.offsetBytes, line.offsetBytes + line.lengthBytes).toString();
      expect(slice).toBe(line.raw);
      expect(provider.readResultLine(slice)).toEqual(line.kind === "result" ? line.result : null);
    }
  });

  it("tells a failed request from the answered ones and says why it failed", async () => {
    const provider = await world.provider(id);
    const { id: jobId } = await provider.submit(jobInput(id, ["Say hello.", "[[sandbox:fail]] please"]));
    const job = await untilResults(world, provider, jobId);
    expect(job.counts.failed).toBeGreaterThanOrEqual(1);
    const results = resultsOf(await collect(provider.results(job)));
    const failed = results.find((result) => result.customId === "nonce-1");
    expect(failed).toMatchObject({ outcome: "failed", text: null });
    expect(failed?.error?.message).toBeTruthy();
    expect(failed?.error?.code).toBeTruthy();
  });

  it("hands an answer with markup over as it is", async () => {
    const provider = await world.provider(id);
    const { id: jobId } = await provider.submit(jobInput(id, ["[[sandbox:html]]"]));
    const job = await untilResults(world, provider, jobId);
    const [result] = resultsOf(await collect(provider.results(job)));
    expect(result?.text).toContain("<script>");
  });

  it("lists the account's batches newest first over several pages, and stops at the given time", async () => {
    const provider = await world.provider(id, { apiKey: `list-key-${id}` });
    const count = provider.capabilities.listPageSize + 5;
    const created: string[] = [];
    for (let index = 0; index < count; index += 1) {
      world.advance(2);
      created.push((await provider.submit(jobInput(id, ["Hello."], `job_list_${index}`))).id);
    }
    const newestFirst = created.toReversed();
    const all = await collect(provider.list({ since: new Date(0) }));
    expect(all.map((job) => job.id)).toEqual(newestFirst);

    const third = await provider.get(newestFirst[2] ?? "");
    const callsBefore = await world.callCount(id, "batches.list");
    const recent = await collect(provider.list({ since: third.timestamps.createdAt ?? new Date() }));
    expect(recent.map((job) => job.id)).toEqual(newestFirst.slice(0, 3));
    expect(await world.callCount(id, "batches.list")).toBe(callsBefore + 1);
  }, 60_000);

  it("sees nothing of another account", async () => {
    const [mine, other] = [await world.provider(id), await world.provider(id, { apiKey: "someone-else" })];
    const job = await mine.submit(jobInput(id, ["Hello."]));
    expect((await collect(other.list({ since: new Date(0) }))).map((listed) => listed.id)).not.toContain(
      job.id,
    );
    expect((await providerErrorOf(other.get(job.id))).kind).toBe("not_found");
  });

  it("cancels a running batch and keeps what had been finished", async () => {
    const provider = await world.provider(id);
    const { id: jobId } = await provider.submit(jobInput(id, promptsOf(300)));
    let job = await provider.get(jobId);
    if (!provider.capabilities.countsWhileRunning) world.advance(0.3);
    while (provider.capabilities.countsWhileRunning && (job.counts.succeeded ?? 0) < 20) {
      expect(job.hasEnded).toBe(false);
      world.advance(0.02);
      job = await provider.get(jobId);
    }
    const cancelled = await provider.cancel(jobId);
    expect(cancelled.id).toBe(jobId);
    job = await untilResults(world, provider, jobId);
    const judged = userStatusOf({
      provider: id,
      serviceStatus: job.serviceStatus,
      counts: job.counts,
      createdAt: job.timestamps.createdAt,
      endedAt: job.timestamps.endedAt,
      cancelReason: "user",
    });
    expect(["CANCELLED_ON_DEMAND", "FAILED"]).toContain(judged);
    expect(job.counts.cancelled).toBeGreaterThan(0);
    expect(total(job)).toBe(300);
    const results = resultsOf(await collect(provider.results(job)));
    const succeeded = results.filter((result) => result.outcome === "succeeded");
    expect(succeeded).toHaveLength(job.counts.succeeded ?? -1);
    expect(succeeded.length).toBeGreaterThan(0);
  });

  it("takes the cancellation of an ended batch for done", async () => {
    const provider = await world.provider(id);
    const { id: jobId } = await provider.submit(jobInput(id, ["Hello."]));
    const ended = await untilResults(world, provider, jobId);
    expect(await provider.cancel(jobId)).toMatchObject({ id: jobId, serviceStatus: ended.serviceStatus });
  });

  it("removes what the provider lets it remove", async () => {
    const provider = await world.provider(id);
    const { id: jobId } = await provider.submit(jobInput(id, ["Hello."]));
    const job = await untilResults(world, provider, jobId);
    await provider.remove(jobId);
    expect(await providerErrorOf(collect(provider.results(job)))).toMatchObject({ kind: "not_found" });
    if (id === "openai") await expect(provider.remove(jobId)).resolves.toBeUndefined();
    else expect((await providerErrorOf(provider.get(jobId))).kind).toBe("not_found");
  });

  it("lists the models, the default one among them", async () => {
    const provider = await world.provider(id);
    const list = await provider.models();
    const ids = list.map((model) => model.id);
    expect(ids).toContain(models[id]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { retiresOn } of list) expect(retiresOn ?? "2026-01-01").toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it("has a wrong key refused, in every call", async () => {
    const provider = await world.provider(id, { apiKey: "invalid" });
    for (const call of [
      () => provider.models(),
      () => provider.get("batches/x"),
      () => collect(provider.list({ since: new Date(0) })),
      () => provider.submit(jobInput(id, ["Hello."])),
    ]) {
      expect(await providerErrorOf(call())).toMatchObject({ kind: "authentication", isRetryable: false });
    }
  });

  it.each([
    ["openai", "batch_6b0a11c2f0d88190aa11bb22cc33dd44"],
    ["google", "batches/q7w2e9r4t1y8u5i3o6p0a1s2d3f4g5h6j7k8"],
    ["anthropic", "msgbatch_01Kd8Wq2Zx5Cv7Bn9Ml1Pt3R"],
  ])("knows no batch that was never made (%s)", async (owner, unknownId) => {
    if (owner !== id) return;
    const provider = await world.provider(id);
    for (const call of [
      () => provider.get(unknownId),
      () => provider.cancel(unknownId),
      () => provider.remove(unknownId),
    ]) {
      expect(await providerErrorOf(call())).toMatchObject({ kind: "not_found", httpStatus: 404 });
    }
  });
});
