import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { z } from "zod";
import { startSandbox } from "#sandbox/server.ts";
import { withoutAccounts } from "#tests/setup/without-accounts.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

export const projectDirectory = fileURLToPath(new URL("../../", import.meta.url));
const buildScript = path.join(projectDirectory, "scripts", "build-bin.mjs");
const apiKey = "cli-key";

// Each test starts several processes, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

export type CommandRun = { exitCode: number | null; stdout: string; stderr: string };

export type RunOptions = {
  environment?: Record<string, string>;
  /** The folder of the world unless given. */
  directory?: string;
  uid?: number;
  /** Variables that are not set at all, not even to nothing. */
  withoutEnvironment?: string[];
  /** Called with the process and everything on stdout so far, each time that there is more. */
  onOutput?: (child: ChildProcess, stdout: string) => void;
};

const batchListSchema = z.object({
  batches: z.array(z.object({ id: z.string(), state: z.string(), requests: z.number().nullable() })),
});
const madeBatchSchema = z.object({ id: z.string() });

/** The built command, a folder to stand in, and a sandbox whose clock is moved by hand. */
export type CommandWorld = {
  directory: string;
  bin: string;
  /** What the command finds in its environment: keys and addresses of the sandbox, and nothing of this machine's. */
  environment: Record<string, string>;
  run(args: string[], options?: RunOptions): Promise<CommandRun>;
  /** The report files of the folder, oldest first by name. */
  reportFiles(): string[];
  readReports(file: string): ReportLine[];
  advance(seconds: number): void;
  addFault(fault: Record<string, unknown>): Promise<void>;
  /** Makes a batch in a given state, as if by somebody else; returns its id. */
  makeBatch(batch: Record<string, unknown> & { provider: ProviderId }): Promise<string>;
  /** The batches that were created over the API, newest first. */
  createdBatches(provider: ProviderId): Promise<{ id: string; state: string; requests: number | null }[]>;
  close(): Promise<void>;
};

const reportLineSchema = z.strictObject({
  provider: z.string(),
  job_id: z.string(),
  user_assigned_status: z.string().nullable(),
  latency_seconds: z.number().nullable(),
  total_tokens: z.number().nullable(),
  service_reported_details: z.strictObject({
    job_id: z.string(),
    model: z.string().nullable(),
    service_job_status: z.string().nullable(),
    created_at: z.string().nullable(),
    ended_at: z.string().nullable(),
    total_requests: z.number().nullable(),
    completed_requests: z.number().nullable(),
    failed_requests: z.number().nullable(),
  }),
});
export type ReportLine = z.infer<typeof reportLineSchema>;

/** Every line as a report; anything else on a line fails the test. */
export function parseReports(text: string): ReportLine[] {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new Error(`The last line is not ended: ${text.slice(-200)}`);
  return lines.map((line) => reportLineSchema.parse(JSON.parse(line)));
}

export async function openCommandWorld(options: { latencyMs?: number } = {}): Promise<CommandWorld> {
  const root = mkdtempSync(path.join(tmpdir(), "batchmark-cli-"));
  // Another user of this machine must get in where a test drops its rights.
  chmodSync(root, 0o755);
  const directory = path.join(root, "work");
  mkdirSync(directory);
  const bin = path.join(root, "dist", "batchmark.mjs");
  buildBin(path.join(root, "dist"));
  // Stands still between the moves, so that no job ends because the machine is slow.
  let nowMs = Date.now();
  const sandbox = await startSandbox({
    scenario: "instant",
    seed: 1,
    stateDir: path.join(root, "sandbox"),
    latencyMs: options.latencyMs,
    now: () => nowMs,
  });
  const control = `${new URL(sandbox.urls.openai).origin}/__sandbox`;
  const ask = async (resource: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? undefined : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${control}/${resource}`, init);
    if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
    return response.json();
  };
  const environment = {
    ...withoutAccounts,
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: sandbox.urls.openai,
    GOOGLE_API_KEY: apiKey,
    GOOGLE_GEMINI_BASE_URL: sandbox.urls.google,
    ANTHROPIC_API_KEY: apiKey,
    ANTHROPIC_BASE_URL: sandbox.urls.anthropic,
  };
  return {
    directory,
    bin,
    environment,
    run: (args, runOptions = {}) =>
      runProcess(process.execPath, [bin, ...args], {
        directory,
        ...runOptions,
        environment: { ...environment, ...runOptions.environment },
      }),
    reportFiles: () => readdirSync(directory).filter((name) => /_job_reports_\d{8}_\d{6}\.jsonl$/.test(name)),
    readReports: (file) => parseReports(readFileSync(path.resolve(directory, file), "utf8")),
    advance: (seconds) => {
      nowMs += seconds * 1000;
    },
    addFault: async (fault) => void (await ask("faults", fault)),
    makeBatch: async (batch) => madeBatchSchema.parse(await ask("batches", { key: apiKey, ...batch })).id,
    createdBatches: async (provider) =>
      batchListSchema.parse(await ask(`batches?provider=${provider}&origin=api`)).batches,
    async close() {
      await sandbox.close();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function buildBin(out: string): void {
  const { status, stderr } = spawnSync(process.execPath, [buildScript, "--out", out], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The command could not be built: ${stderr}`);
}

/** Runs a program to its end. Keys of the person who runs the tests never reach it. */
export function runProcess(
  program: string,
  args: string[],
  { environment = {}, withoutEnvironment = [], directory, uid, onOutput }: RunOptions,
): Promise<CommandRun> {
  return new Promise((resolve, reject) => {
    const { PATH = "", HOME = "", TZ = "" } = process.env;
    const all = { PATH, HOME, TZ, ...environment };
    const env = Object.fromEntries(
      Object.entries(all).filter(([name]) => !withoutEnvironment.includes(name)),
    );
    const child = spawn(program, args, {
      cwd: directory,
      env: { NODE_ENV: "production", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      uid,
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      onOutput?.(child, stdout);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
