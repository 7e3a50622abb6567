import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AppContext } from "#lib/context.ts";
import { formatJobReport, jobReportOf } from "#lib/domain/job-report.ts";
import { createId, customIdOf, randomToken } from "#lib/domain/ids.ts";
import { suggestedModels } from "#lib/domain/model.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { builtInPrompt } from "#lib/prompts/built-in.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
import { measureSeconds, medianOf, type Benchmark } from "./support/benchmark.ts";
import { apiKey, latencyMs, withSandbox } from "./support/with-sandbox.ts";

const projectDirectory = fileURLToPath(new URL("../../", import.meta.url));
const rounds = 3;
const helpRounds = 9;

type Command = { bin: string; directory: string; environment: Record<string, string> };

/** The built command, started anew each time, against the same work call by call: one job after another. */
export const commandBenchmarks: Benchmark[] = [
  ...providerIds.map(createBenchmark),
  ...providerIds.map(checkBenchmark),
  helpBenchmark(),
];

function createBenchmark(provider: ProviderId): Benchmark {
  return {
    name: `command-create-${provider}`,
    run: ({ directory, scaled, say }) =>
      withSandbox(directory, async ({ context }) => {
        const jobCount = scaled(100);
        const command = await buildCommand(directory, context);
        const baseline = await measureSeconds(() => createOneByOne(context, provider, jobCount));
        say(`one after another: ${baseline.toFixed(2)} s`);
        const args = ["--provider", provider, "--action", "create_jobs", "--num_jobs", String(jobCount)];
        const ours = await measureRounds(() => runCommand(command, args), say);
        return {
          ours,
          baseline,
          ratio: baseline / ours,
          aim: 10,
          unit: "seconds",
          extra: { jobCount, latencyMs },
        };
      }),
  };
}

function checkBenchmark(provider: ProviderId): Benchmark {
  return {
    name: `command-check-${provider}`,
    run: ({ directory, scaled, say }) =>
      withSandbox(directory, async ({ context }) => {
        const jobCount = scaled(200);
        const command = await buildCommand(directory, context);
        const jobs = await createSideBySide(context, provider, jobCount);
        const file = path.join(directory, "state.jsonl");
        await writeFile(file, jobs.map(stateLine).join(""));
        const baseline = await measureSeconds(() => getOneByOne(context, provider, jobs));
        say(`one after another: ${baseline.toFixed(2)} s`);
        const args = ["--provider", provider, "--action", "check_jobs_from_file", "--state_file", file];
        const ours = await measureRounds(() => runCommand(command, args), say);
        return {
          ours,
          baseline,
          ratio: baseline / ours,
          aim: 10,
          unit: "seconds",
          extra: { jobCount, latencyMs },
        };
      }),
  };
}

/** How long `--help` takes; the baseline is what we allow ourselves. */
function helpBenchmark(): Benchmark {
  const allowedSeconds = 0.3;
  return {
    name: "command-help",
    async run({ directory }) {
      const command = await buildCommand(directory, null);
      const seconds: number[] = [];
      for (let round = 0; round < helpRounds; round += 1) {
        seconds.push(await measureSeconds(() => runCommand(command, ["--help"])));
      }
      const ours = medianOf(seconds);
      return {
        ours,
        baseline: allowedSeconds,
        ratio: allowedSeconds / ours,
        aim: 1,
        unit: "seconds",
        extra: {},
      };
    },
  };
}

async function buildCommand(directory: string, context: AppContext | null): Promise<Command> {
  const out = path.join(directory, "dist");
  await run(
    process.execPath,
    [path.join(projectDirectory, "scripts", "build-bin.mjs"), "--out", out],
    directory,
    {},
  );
  const work = path.join(directory, "work");
  await mkdir(work);
  const urlOf = (provider: ProviderId) => context?.config.credentials[provider]?.baseUrl ?? "";
  const environment = {
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: urlOf("openai"),
    GOOGLE_API_KEY: apiKey,
    GOOGLE_GEMINI_BASE_URL: urlOf("google"),
    ANTHROPIC_API_KEY: apiKey,
    ANTHROPIC_BASE_URL: urlOf("anthropic"),
  };
  return { bin: path.join(out, "batchmark.mjs"), directory: work, environment };
}

function runCommand({ bin, directory, environment }: Command, args: string[]): Promise<void> {
  return run(process.execPath, [bin, ...args], directory, environment);
}

async function run(
  program: string,
  args: string[],
  directory: string,
  environment: Record<string, string>,
): Promise<void> {
  const child = spawn(program, args, {
    cwd: directory,
    env: { NODE_ENV: "production", ...environment },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [exitCode] = await once(child, "exit");
  if (exitCode !== 0) throw new Error(`${args.join(" ")} ended with ${exitCode}.`);
}

async function measureRounds(work: () => Promise<void>, say: (text: string) => void): Promise<number> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    seconds.push(await measureSeconds(work));
    say(`the command: ${seconds.at(-1)?.toFixed(2)} s`);
  }
  return medianOf(seconds);
}

/** As a script does it that knows no better: create each job, then ask for each to report it. */
async function createOneByOne(context: AppContext, id: ProviderId, jobCount: number): Promise<void> {
  const provider = context.providers.get(id);
  const ids: string[] = [];
  for (let index = 0; index < jobCount; index += 1) ids.push((await provider.submit(inputOf(id, index))).id);
  for (const jobId of ids) await provider.get(jobId);
}

async function createSideBySide(
  context: AppContext,
  id: ProviderId,
  jobCount: number,
): Promise<ProviderJob[]> {
  const jobs: ProviderJob[] = [];
  for (let start = 0; start < jobCount; start += 20) {
    const part = Array.from({ length: Math.min(20, jobCount - start) }, (_, index) =>
      context.providers.get(id).submit(inputOf(id, start + index)),
    );
    jobs.push(...(await Promise.all(part)));
  }
  return jobs;
}

async function getOneByOne(context: AppContext, id: ProviderId, jobs: ProviderJob[]): Promise<void> {
  for (const job of jobs) await context.providers.get(id).get(job.id);
}

function inputOf(provider: ProviderId, index: number) {
  const nonce = randomToken(16);
  return {
    jobName: createId("job"),
    model: suggestedModels[provider],
    maxOutputTokens: 1024,
    parameters: {},
    requestCount: 1,
    async *requests() {
      yield { customId: customIdOf(nonce, 0), prompt: builtInPrompt(index) };
    },
  };
}

function stateLine(job: ProviderJob): string {
  const report = jobReportOf({
    provider: job.provider,
    providerJobId: job.id,
    userStatus: "IN_PROGRESS",
    model: job.model,
    serviceStatus: job.serviceStatus,
    counts: job.counts,
    createdAt: job.timestamps.createdAt,
    endedAt: null,
    totalTokens: null,
  });
  return `${formatJobReport(report)}\n`;
}
