import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { medianOf, type Benchmark, type BenchmarkRun, type Figures } from "./support/benchmark.ts";
import type { TransferReply, TransferTask } from "./support/transfer-worker.ts";
import type { WireServerReply, WireServerTask } from "./support/wire-server.ts";
import { startWorkerProcess, type WorkerProcess } from "./support/worker-process.ts";

type Server = WorkerProcess<WireServerTask, WireServerReply>;
type Worker = WorkerProcess<TransferTask, TransferReply>;
/** Each side is a process of its own, so that it has its own peak of memory. */
type Processes = { server: Server; ours: Worker; bare: Worker; lean: Worker };

const rounds = 3;
/** Near the most that each provider takes in one job: OpenAI 210 MB, Anthropic 256 MB; Google's 2 GB say nothing more. */
const requestCounts: Record<ProviderId, number> = { openai: 40_000, google: 40_000, anthropic: 50_800 };
const peakRssAimBytes = 200e6;

/** 200 MB of requests (Anthropic: 256 MB) and 500 MB of results of each provider; against a bare fetch of the same bytes. */
export const transferBenchmarks: Benchmark[] = providerIds.flatMap((provider) => [
  { name: `submit-${provider}`, run: (run) => withProcesses((all) => measureSubmit(run, all, provider)) },
  { name: `collect-${provider}`, run: (run) => withProcesses((all) => measureCollect(run, all, provider)) },
]);

async function withProcesses(measure: (processes: Processes) => Promise<Figures>): Promise<Figures> {
  const file = (name: string) => new URL(`./support/${name}.ts`, import.meta.url);
  const server: Server = startWorkerProcess(file("wire-server"));
  const ours: Worker = startWorkerProcess(file("transfer-worker"));
  const bare: Worker = startWorkerProcess(file("transfer-worker"));
  const lean: Worker = startWorkerProcess(file("transfer-worker"));
  try {
    return await measure({ server, ours, bare, lean });
  } finally {
    await Promise.all([server, ours, bare, lean].map((child) => child.stop()));
  }
}

async function measureSubmit(
  { directory, scaled, say }: BenchmarkRun,
  { server, ours, bare, lean }: Processes,
  provider: ProviderId,
): Promise<Figures> {
  const { origin } = await server.ask({ provider, resultLineCount: 0 });
  const file = path.join(directory, "input.jsonl");
  const measured: Pair[] = [];
  const leanRates: number[] = [];
  let sizeBytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const sent = await ours.ask({
      kind: "submit",
      provider,
      origin,
      directory,
      requestCount: scaled(requestCounts[provider]),
    });
    if (round === 0) {
      sizeBytes = (await server.ask({ provider, resultLineCount: 0 })).receivedBytes;
      await writeFile(file, Buffer.alloc(sizeBytes, "x"));
    }
    const bareSent = await bare.ask({ kind: "bareUpload", origin, file, redirect: "follow" });
    // Told that nothing will be sent twice, fetch keeps no copy of the body: the best that it can do.
    const leanSent = await lean.ask({ kind: "bareUpload", origin, file, redirect: "error" });
    measured.push({ ours: sent, bare: bareSent });
    leanRates.push(rateOf(leanSent, sizeBytes));
    say(`${describe(measured.at(-1), sizeBytes)}, lean ${Math.round(rateOf(leanSent, sizeBytes))} MB/s`);
  }
  const figures = figuresOf(measured, sizeBytes);
  const ratioToLeanFetch = figures.ours / medianOf(leanRates);
  return { ...figures, extra: { ...figures.extra, ratioToLeanFetch } };
}

async function measureCollect(
  { directory, scaled, say }: BenchmarkRun,
  { server, ours, bare }: Processes,
  provider: ProviderId,
): Promise<Figures> {
  const results = { provider, resultLineCount: scaled(50_000) };
  const { origin, resultBytes: sizeBytes } = await server.ask(results);
  const task = { provider, origin, directory };
  const measured: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    measured.push({
      ours: await ours.ask({ kind: "collect", ...task }),
      bare: await bare.ask({ kind: "bareDownload", origin, directory }),
    });
    say(describe(measured.at(-1), sizeBytes));
    const { size } = await stat(path.join(directory, "results.jsonl"));
    if (size !== sizeBytes) throw new Error(`${size} of ${sizeBytes} bytes were collected.`);
  }
  const streamed = await ours.ask({ kind: "stream", ...task });
  const bareStreamed = await bare.ask({ kind: "bareStream", origin });
  const read = await ours.ask({ kind: "read", ...task });
  const figures = figuresOf(measured, sizeBytes);
  const extra = {
    ...figures.extra,
    peakRssBytes: peakOf([...measured.map((pair) => pair.ours), streamed, read]),
    streamRatio: bareStreamed.seconds / streamed.seconds,
    readMegabytesPerSecond: sizeBytes / 1e6 / read.seconds,
  };
  return { ...figures, extra };
}

/** One round: both sides, one after the other. */
type Pair = { ours: TransferReply; bare: TransferReply };

function figuresOf(measured: Pair[], sizeBytes: number): Figures {
  const ours = medianOf(measured.map((pair) => rateOf(pair.ours, sizeBytes)));
  const baseline = medianOf(measured.map((pair) => rateOf(pair.bare, sizeBytes)));
  return {
    ours,
    baseline,
    ratio: ours / baseline,
    aim: 0.5,
    unit: "megabytes per second",
    extra: {
      sizeBytes,
      peakRssBytes: peakOf(measured.map((pair) => pair.ours)),
      peakRssAimBytes,
      baselinePeakRssBytes: peakOf(measured.map((pair) => pair.bare)),
    },
  };
}

function rateOf({ seconds }: TransferReply, sizeBytes: number): number {
  return sizeBytes / 1e6 / seconds;
}

/** Above idle. */
function peakOf(replies: TransferReply[]): number {
  return Math.max(...replies.map(({ peakRssBytes, idleRssBytes }) => peakRssBytes - idleRssBytes));
}

function describe(pair: Pair | undefined, sizeBytes: number): string {
  if (!pair) return "";
  const rate = (reply: TransferReply) => `${Math.round(rateOf(reply, sizeBytes))} MB/s`;
  return `${rate(pair.ours)}, bare ${rate(pair.bare)}`;
}
