import { expect } from "vitest";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { RequestResult, ResultLine } from "#lib/domain/result.ts";
import { isKnownServiceStatus, userStatusOf } from "#lib/domain/status-table.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { jobInput, models, promptsOf, untilResults, type SandboxWorld } from "./sandbox-world.ts";
import { collect, providerErrorOf } from "./support.ts";
import type { Weather } from "./weather.ts";

/** One case at one provider, in an account of its own. */
export type Scene = {
  id: ProviderId;
  world: SandboxWorld;
  weather: Weather;
  provider: BatchProvider;
  /** The same provider with another key. */
  withKey(apiKey: string): Promise<BatchProvider>;
  /** A key whose account has one batch more than a list page holds, oldest first. */
  longList: { apiKey: string; jobIds: string[] };
};

export type ContractCase = {
  name: string;
  run(scene: Scene): Promise<void>;
  /** Its calls are such that no fault can pass it by. */
  meetsEveryFault?: true;
};

/** What every adapter must do, in any weather. */
export const contractCases: ContractCase[] = [
  {
    name: "submits a job, follows it to its end and reads one result for each request",
    run: runLife,
    meetsEveryFault: true,
  },
  { name: "gives the raw bytes whose slices are the result lines", run: runRawResults },
  { name: "tells a failed request from the answered ones and says why it failed", run: runFailedRequest },
  { name: "hands an answer with markup over as it is", run: runMarkup },
  { name: "lists newest first over several pages, and stops at the given time", run: runList },
  { name: "sees nothing of another account", run: runOtherAccount },
  { name: "cancels a running batch and keeps what had been finished", run: runCancel },
  { name: "takes the cancellation of an ended batch for done", run: runLateCancel },
  { name: "removes what the provider lets it remove", run: runRemove },
  { name: "lists the files that the account holds, and deletes one, once", run: runFiles },
  { name: "lists the models, the default one among them", run: runModels },
  { name: "has a wrong key refused, in every call", run: runWrongKey },
  { name: "knows no batch that was never made", run: runUnknownBatch },
];

async function runLife({ id, world, weather, provider }: Scene): Promise<void> {
  const submittedAt = world.now().getTime();
  const submitted = await provider.submit(jobInput(id, promptsOf(20), `job_life_${id}`));
  expect(submitted).toMatchObject({ provider: id, hasEnded: false, hasResults: false });
  expect(submitted.name).toBe(provider.capabilities.keepsJobName ? `job_life_${id}` : null);
  const createdAfterMs = Number(submitted.timestamps.createdAt) - submittedAt;
  expect(Math.abs(createdAfterMs - weather.clockOffsetSeconds * 1000)).toBeLessThan(1000);

  const seen = [submitted];
  for (let job = submitted; seen.length < 400 && !(job.hasEnded && job.hasResults); seen.push(job)) {
    world.advance(0.1);
    job = await provider.get(submitted.id);
  }
  expectStatuses(id, weather, seen);
  const job = seen.at(-1) ?? submitted;
  expect(job).toMatchObject({ hasEnded: true, hasResults: true });
  expect(seen.some((early) => early.hasEnded && !early.hasResults)).toBe(weather.hasLateOutput);
  expect(job.counts).toMatchObject({ total: 20, unfinished: 0 });
  expect(sumOf(job)).toBe(20);
  const { createdAt, endedAt } = job.timestamps;
  expect(createdAt).toEqual(submitted.timestamps.createdAt);
  expect(Number(endedAt)).toBeGreaterThanOrEqual(Number(createdAt));

  const results = readableResults(weather, await collect(provider.results(job)), 20);
  if (!results) return;
  const ids = results.map((result) => result.customId).sort();
  expect(ids).toEqual(Array.from({ length: 20 }, (_, index) => `nonce-${index}`).sort());
  const succeeded = results.filter((result) => result.outcome === "succeeded");
  expect(succeeded).toHaveLength(job.counts.succeeded ?? -1);
  for (const result of succeeded) {
    expect(result.text).toBeTruthy();
    expect(result.usage?.outputTokens).toBeGreaterThan(0);
    expect(result.usage?.totalTokens).toBeGreaterThan(result.usage?.outputTokens ?? 0);
  }
}

/** Every word is known but the odd one, which never counts as an end. */
function expectStatuses(id: ProviderId, weather: Weather, seen: ProviderJob[]): void {
  expect(new Set(seen.map((job) => job.serviceStatus)).size).toBeGreaterThan(1);
  const unknown = seen.filter((job) => !isKnownServiceStatus(id, job.serviceStatus));
  if (weather.oddStatus === null) return expect(unknown).toEqual([]);
  expect(unknown.length).toBeGreaterThan(0);
  for (const job of unknown) {
    expect(job).toMatchObject({ hasEnded: false, hasResults: false });
    expect(job.serviceStatus).toContain(weather.oddStatus);
  }
}

function sumOf({ counts: { total: _total, ...parts } }: ProviderJob): number {
  return Object.values(parts).reduce<number>((sum, part) => sum + (part ?? 0), 0);
}

/** The results of `count` requests, each once; null when the weather leaves none that can be read. */
function readableResults(weather: Weather, lines: ResultLine[], count: number): RequestResult[] | null {
  const results = lines.flatMap((line) => (line.kind === "result" ? [line.result] : []));
  switch (weather.lines) {
    case "unreadable":
      expect(lines).toHaveLength(count);
      expect(results).toEqual([]);
      for (const line of lines) expect(line.raw.length).toBeGreaterThan(0);
      return null;
    case "lost":
      expect(lines).toEqual([]);
      return null;
    case "doubled":
      expect(results).toHaveLength(2 * count);
      return [...new Map(results.map((result) => [result.customId, result])).values()];
    case "asSent":
      expect(results).toHaveLength(count);
      expect(lines).toHaveLength(count);
      return results;
  }
}

async function endedJob(
  { id, world, provider }: Scene,
  prompts: string[],
  jobName?: string,
): Promise<ProviderJob> {
  const { id: jobId } = await provider.submit(jobInput(id, prompts, jobName));
  return untilResults(world, provider, jobId);
}

async function runRawResults(scene: Scene): Promise<void> {
  const { provider, weather } = scene;
  const job = await endedJob(scene, promptsOf(5));
  const bytes = Buffer.concat(await collect(provider.rawResults(job)));
  const lines = await collect(provider.results(job));
  readableResults(weather, lines, 5);
  for (const line of lines) {
    const slice = bytes.subarray(line.offsetBytes, line.offsetBytes + line.lengthBytes).toString();
    expect(slice).toBe(line.raw);
    if (line.kind === "result") expect(provider.readResultLine(slice)).toEqual(line.result);
  }
}

async function runFailedRequest(scene: Scene): Promise<void> {
  const job = await endedJob(scene, ["Say hello.", "[[sandbox:fail]] please"]);
  expect(job.counts).toMatchObject({ succeeded: 1, failed: 1 });
  const results = readableResults(scene.weather, await collect(scene.provider.results(job)), 2);
  const failed = results?.find((result) => result.customId === "nonce-1");
  if (!results) return;
  expect(failed).toMatchObject({ outcome: "failed", text: null });
  expect(failed?.error?.message).toBeTruthy();
  expect(failed?.error?.code).toBeTruthy();
}

async function runMarkup(scene: Scene): Promise<void> {
  const job = await endedJob(scene, ["[[sandbox:html]]"]);
  const results = readableResults(scene.weather, await collect(scene.provider.results(job)), 1);
  if (results) expect(results[0]?.text).toContain("<script>");
}

async function runList({ id, world, longList, withKey }: Scene): Promise<void> {
  const provider = await withKey(longList.apiKey);
  const newestFirst = longList.jobIds.toReversed();
  const all = await collect(provider.list({ since: new Date(0) }));
  expect(all.map((job) => job.id)).toEqual(newestFirst);

  const third = all[2]?.timestamps.createdAt ?? new Date(0);
  const callsBefore = await world.callCount(id, "batches.list");
  const recent = await collect(provider.list({ since: third }));
  expect(recent.map((job) => job.id)).toEqual(newestFirst.slice(0, 3));
  expect(await world.callCount(id, "batches.list")).toBe(callsBefore + 1);
}

async function runOtherAccount({ id, provider: mine, withKey }: Scene): Promise<void> {
  const other = await withKey("someone-else");
  const job = await mine.submit(jobInput(id, ["Hello."]));
  const others = await collect(other.list({ since: new Date(0) }));
  expect(others.map((listed) => listed.id)).not.toContain(job.id);
  expect((await providerErrorOf(other.get(job.id))).kind).toBe("not_found");
}

async function runCancel({ id, world, weather, provider }: Scene): Promise<void> {
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
  expect(judged).toBe("CANCELLED_ON_DEMAND");
  expect(job.counts.cancelled).toBeGreaterThan(0);
  expect(sumOf(job)).toBe(300);
  const lines = await collect(provider.results(job));
  if (weather.lines !== "asSent") return;
  const succeeded = lines.filter((line) => line.kind === "result" && line.result.outcome === "succeeded");
  expect(succeeded).toHaveLength(job.counts.succeeded ?? -1);
  expect(succeeded.length).toBeGreaterThan(0);
}

async function runLateCancel(scene: Scene): Promise<void> {
  const ended = await endedJob(scene, ["Hello."]);
  const cancelled = await scene.provider.cancel(ended.id);
  expect(cancelled).toMatchObject({ id: ended.id, serviceStatus: ended.serviceStatus });
}

async function runRemove(scene: Scene): Promise<void> {
  const { id, provider } = scene;
  const job = await endedJob(scene, ["Hello."]);
  await provider.remove(job.id);
  const error = await providerErrorOf(collect(provider.results(job)));
  expect(error).toMatchObject({ kind: "not_found", isRetryable: false });
  if (id === "openai") await expect(provider.remove(job.id)).resolves.toBeUndefined();
  else expect((await providerErrorOf(provider.get(job.id))).kind).toBe("not_found");
}

async function runFiles(scene: Scene): Promise<void> {
  const { id, weather, provider } = scene;
  const submittedAt = scene.world.now().getTime() + weather.clockOffsetSeconds * 1000;
  const job = await endedJob(scene, promptsOf(3), `job_files_${id}`);
  const named = provider.capabilities.fileFields.flatMap((path) => fileNamedAt(job.raw, path));
  const held = await collect(provider.listFiles());
  if (id === "anthropic") {
    expect(held).toEqual([]);
    expect((await providerErrorOf(provider.deleteFile("file-1"))).kind).toBe("invalid_request");
    return;
  }
  const input = held.find((file) => file.id === named[0]);
  expect(input?.name).toContain(`job_files_${id}`);
  expect(input?.purpose).toBe(id === "openai" ? "batch" : "application/jsonl");
  expect(held.map((file) => file.id)).toEqual(expect.arrayContaining(named));
  for (const { sizeBytes, createdAt, expiresAt } of held) {
    expect(sizeBytes).toBeGreaterThan(0);
    expect(Math.abs(Number(createdAt) - submittedAt)).toBeLessThan(120_000);
    expect(Number(expiresAt)).toBeGreaterThan(Number(createdAt) + 47 * 3_600_000);
  }
  const [inputId = ""] = named;
  await provider.deleteFile(inputId);
  await expect(provider.deleteFile(inputId)).resolves.toBeUndefined();
  const left = await collect(provider.listFiles());
  expect(left.map((file) => file.id)).toEqual(
    held.map((file) => file.id).filter((fileId) => fileId !== inputId),
  );
}

function fileNamedAt(raw: unknown, path: readonly string[]): string[] {
  const value = path.reduce<unknown>(
    (object, key) => (typeof object === "object" && object !== null ? Reflect.get(object, key) : undefined),
    raw,
  );
  return typeof value === "string" ? [value] : [];
}

async function runModels({ id, provider }: Scene): Promise<void> {
  const list = await provider.models();
  const ids = list.map((model) => model.id);
  expect(ids).toContain(models[id]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { retiresOn } of list) expect(retiresOn ?? "2026-01-01").toMatch(/^\d{4}-\d\d-\d\d$/);
  // Google's API says nothing about the end of its models.
  const retired = list.filter((model) => model.isRetired);
  if (id === "google") expect(retired).toEqual([]);
  else expect(retired.length).toBeGreaterThan(0);
}

async function runWrongKey({ id, withKey }: Scene): Promise<void> {
  const provider = await withKey("invalid");
  for (const call of [
    () => provider.models(),
    () => provider.get("batches/x"),
    () => provider.cancel("batches/x"),
    () => provider.remove("batches/x"),
    () => collect(provider.list({ since: new Date(0) })),
    () => provider.submit(jobInput(id, ["Hello."])),
    ...(id === "anthropic"
      ? []
      : [() => collect(provider.listFiles()), () => provider.deleteFile("files/x")]),
  ]) {
    const error = await providerErrorOf(call());
    expect(error).toMatchObject({ kind: "authentication", isRetryable: false, provider: id });
  }
}

const unknownIds: Record<ProviderId, string> = {
  openai: "batch_6b0a11c2f0d88190aa11bb22cc33dd44",
  google: "batches/q7w2e9r4t1y8u5i3o6p0a1s2d3f4g5h6j7k8",
  anthropic: "msgbatch_01Kd8Wq2Zx5Cv7Bn9Ml1Pt3R",
};

async function runUnknownBatch({ id, provider }: Scene): Promise<void> {
  for (const call of [
    () => provider.get(unknownIds[id]),
    () => provider.cancel(unknownIds[id]),
    () => provider.remove(unknownIds[id]),
  ]) {
    const error = await providerErrorOf(call());
    expect(error).toMatchObject({ kind: "not_found", httpStatus: 404, isRetryable: false });
  }
}
