import { createWriteStream, openAsBlob, readFileSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { systemClock } from "#lib/domain/clock.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchRequest } from "#lib/domain/request.ts";
import { readResultLines } from "#lib/providers/json-lines.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { createProviderRegistry } from "#lib/providers/registry.ts";
import { createLocalStorage } from "#lib/storage/local-storage.ts";
import { measureSeconds } from "./benchmark.ts";
import { answerTasks } from "./worker-process.ts";

/** `bare…` is the baseline: nothing but fetch. */
export type TransferTask =
  | { kind: "submit"; provider: ProviderId; origin: string; directory: string; requestCount: number }
  | { kind: "collect" | "stream" | "read"; provider: ProviderId; origin: string; directory: string }
  | { kind: "bareUpload"; origin: string; file: string; redirect: "follow" | "error" }
  | { kind: "bareDownload"; origin: string; directory: string }
  | { kind: "bareStream"; origin: string };

export type TransferReply = {
  seconds: number;
  /** This process at its start, with everything loaded. */
  idleRssBytes: number;
  /** The most that this process has ever held. */
  peakRssBytes: number;
};

const promptText = 'Explain in one paragraph why the sky is blue, and say it "simply".\n'.repeat(70);
const idleRssBytes = process.memoryUsage().rss;
const resultsKey = "results.jsonl";

answerTasks(async (task: TransferTask): Promise<TransferReply> => {
  const seconds = await measureSeconds(() => perform(task));
  return { seconds, idleRssBytes, peakRssBytes: readPeakRssBytes() };
});

/** On Linux `maxRSS` starts at the size of the parent process, so that there the kernel's own mark is read. */
function readPeakRssBytes(): number {
  if (process.platform === "linux") {
    const mark = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (mark) return Number(mark) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}

async function perform(task: TransferTask): Promise<void> {
  switch (task.kind) {
    case "submit":
      return submit(task);
    case "collect":
      return collect(task);
    case "stream":
      return stream(task);
    case "read":
      return read(task);
    case "bareUpload":
      return bareUpload(task);
    case "bareDownload":
      return bareDownload(task);
    case "bareStream":
      return bareStream(task);
  }
}

async function submit(task: Extract<TransferTask, { kind: "submit" }>): Promise<void> {
  await providerOf(task).submit({
    jobName: "job_benchmark",
    model: "benchmark",
    maxOutputTokens: 1024,
    parameters: {},
    requestCount: task.requestCount,
    requests: () => requests(task.requestCount),
  });
}

async function* requests(count: number): AsyncIterable<BatchRequest> {
  for (let index = 0; index < count; index += 1) {
    yield { customId: `0123456789abcdef-${index}`, prompt: `${index}. ${promptText}` };
  }
}

type ResultTask = { provider: ProviderId; origin: string; directory: string };

/** As the engine collects: the bytes go to the storage as they come. */
async function collect(task: ResultTask): Promise<void> {
  const provider = providerOf(task);
  const job = await provider.get("1");
  await createLocalStorage(task.directory).write(resultsKey, provider.rawResults(job));
}

/** The download alone: the bytes go nowhere. */
async function stream(task: ResultTask): Promise<void> {
  const provider = providerOf(task);
  await drain(provider.rawResults(await provider.get("1")));
}

/** As the engine reads what it has collected: every line, one by one. */
async function read(task: ResultTask): Promise<void> {
  const provider = providerOf(task);
  const bytes = createLocalStorage(task.directory).read(resultsKey);
  for await (const line of readResultLines(bytes, (text) => provider.readResultLine(text))) {
    if (line.kind === "unreadable") throw new Error(line.reason);
  }
}

function providerOf({ provider, origin, directory }: ResultTask): BatchProvider {
  const baseUrl = `${origin}/${provider}${provider === "openai" ? "/v1" : ""}`;
  const spoolDirectory = path.join(directory, "spool");
  const settings = { apiKey: "benchmark", baseUrl, account: "benchmark", spoolDirectory, clock: systemClock };
  return createProviderRegistry({ [provider]: settings }).get(provider);
}

type BareUpload = Extract<TransferTask, { kind: "bareUpload" }>;

async function bareUpload({ origin, file, redirect }: BareUpload): Promise<void> {
  const response = await fetch(`${origin}/bare`, { method: "POST", body: await openAsBlob(file), redirect });
  await response.text();
}

async function bareStream({ origin }: { origin: string }): Promise<void> {
  const response = await fetch(`${origin}/bare`);
  if (response.body) await drain(response.body);
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let receivedBytes = 0;
  for await (const chunk of bytes) receivedBytes += chunk.length;
  if (receivedBytes === 0) throw new Error("The download is empty.");
}

async function bareDownload({ origin, directory }: { origin: string; directory: string }): Promise<void> {
  const response = await fetch(`${origin}/bare`);
  if (!response.body) throw new Error("The download is empty.");
  await pipeline(response.body, createWriteStream(path.join(directory, "bare.jsonl")));
}
