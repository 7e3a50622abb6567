import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ProviderError } from "#lib/domain/errors.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { RecentlySeenJobs } from "#lib/providers/recently-seen.ts";
import { providerJob } from "../factories/provider-job.ts";
import { jobInput, openSandboxWorld, untilResults, type SandboxWorld } from "./sandbox-world.ts";
import { collect, providerErrorOf, testTime } from "./support.ts";

let world: SandboxWorld;
let stateDir: string;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "batchmark-recent-"));
  world = await openSandboxWorld(stateDir);
});
afterEach(() => world.clearFaults());
afterAll(async () => {
  await world.close();
  await rm(stateDir, { recursive: true, force: true });
});

const isPassing = { kind: "not_found", httpStatus: 404, isRetryable: true };
const isFinal = { kind: "not_found", httpStatus: 404, isRetryable: false };

describe.each(providerIds)("a batch that %s does not know", (id) => {
  it("is looked for again within two minutes of its creation, and not after that", async () => {
    const provider = await world.provider(id);
    await world.addFault({ kind: "not-found-after-create", provider: id, seconds: 1000 });
    const job = await provider.submit(jobInput(id, ["Hello."]));
    const error = await providerErrorOf(provider.get(job.id));
    expect(error).toMatchObject(isPassing);
    expect(error.leavesOutcomeUnknown).toBe(false);
    expect(error.message).toContain("try again");
    world.advance(119);
    expect(await providerErrorOf(provider.get(job.id))).toMatchObject(isPassing);
    world.advance(2);
    expect(await providerErrorOf(provider.get(job.id))).toMatchObject(isFinal);
  });

  it("is looked for again between two good answers", async () => {
    const provider = await world.provider(id);
    const job = await provider.submit(jobInput(id, ["Hello."]));
    world.advance(500);
    await provider.get(job.id);
    await world.addFault({ kind: "not-found-after-create", provider: id, seconds: 1000 });
    expect(await providerErrorOf(provider.get(job.id))).toMatchObject(isPassing);
  });

  it("is final for somebody who has not seen it lately", async () => {
    const [maker, other] = [await world.provider(id), await world.provider(id)];
    const job = await maker.submit(jobInput(id, ["Hello."]));
    await world.addFault({ kind: "not-found-after-create", provider: id, seconds: 1000 });
    expect(await providerErrorOf(other.get(job.id))).toMatchObject(isFinal);
  });

  it("is final when we have removed it ourselves", async () => {
    const provider = await world.provider(id);
    const { id: jobId } = await provider.submit(jobInput(id, ["Hello."]));
    const job = await untilResults(world, provider, jobId);
    await provider.remove(jobId);
    const error = await providerErrorOf(collect(provider.rawResults(job)));
    expect(error).toMatchObject({ kind: "not_found", isRetryable: false });
  });
});

describe("the memory of jobs", () => {
  const notFound = new ProviderError("No batch.", {
    provider: "openai",
    kind: "not_found",
    httpStatus: 404,
    code: "x",
    requestId: "req_1",
    isRetryable: false,
    cause: new Error("why"),
  });

  it("changes nothing about the error but that it may pass", () => {
    const recent = new RecentlySeenJobs({ now: () => testTime });
    recent.saw(providerJob.running({ id: "batch_1" }));
    const error = recent.failed("get", notFound, "batch_1");
    const { provider, kind, httpStatus, code, requestId, retryAfterSeconds, cause } = notFound;
    const same = { provider, kind, httpStatus, code, requestId, retryAfterSeconds, cause };
    expect(error).toMatchObject({ ...same, isRetryable: true });
    expect(error.message).toContain("No batch.");
  });

  it("leaves other errors alone", () => {
    const recent = new RecentlySeenJobs({ now: () => testTime });
    recent.saw(providerJob.running({ id: "batch_1" }));
    for (const details of [
      { kind: "permission", httpStatus: 403 },
      // Our own word that results are archived, without a 404 of the provider.
      { kind: "not_found", httpStatus: null },
    ] as const) {
      const error = new ProviderError("No.", { provider: "openai", isRetryable: false, ...details });
      expect(recent.failed("get", error, "batch_1")).toBe(error);
    }
    expect(recent.failed("list", notFound, null)).toBe(notFound);
  });

  it("holds ten thousand jobs and forgets the oldest first", () => {
    const recent = new RecentlySeenJobs({ now: () => testTime });
    for (let index = 0; index <= 10_000; index += 1)
      recent.saw(providerJob.running({ id: `batch_${index}` }));
    expect(recent.failed("get", notFound, "batch_0").isRetryable).toBe(false);
    expect(recent.failed("get", notFound, "batch_1").isRetryable).toBe(true);
  });
});
