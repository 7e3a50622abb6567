import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const script = fileURLToPath(new URL("../../sandbox/main.ts", import.meta.url));
const endWithParent = new URL("../../scripts/bootstrap/exit-with-parent.mjs", import.meta.url).href;
const urlsSchema = z.object({ openai: z.string(), google: z.string(), anthropic: z.string() });
const batchesSchema = z.object({
  total: z.number(),
  batches: z.array(z.object({ id: z.string(), provider: z.string(), state: z.string() })),
});
const logSchema = z.object({
  calls: z.array(z.object({ provider: z.string(), endpoint: z.string(), calls: z.number() })),
});

export type Witnessed = z.infer<typeof batchesSchema>["batches"][number];

/** The providers, in a process of their own that nobody kills: what they hold is what was paid for. */
export type SandboxUnderTest = {
  /** What an engine needs to use it. */
  environment: Record<string, string>;
  control(resource: string, body: unknown): Promise<unknown>;
  clearFaults(): Promise<void>;
  readBatches(): Promise<Witnessed[]>;
  /** Calls so far, by `provider:endpoint`. */
  readCalls(): Promise<Map<string, number>>;
  stop(): Promise<void>;
};

export async function startSandboxProcess(
  stateDirectory: string,
  { seed, scenario = "instant" }: { seed: number; scenario?: string },
): Promise<SandboxUnderTest> {
  const args = ["--port", "0", "--scenario", scenario, "--seed", String(seed), "--state-dir", stateDirectory];
  const child = spawn(process.execPath, ["--import", endWithParent, script, ...args], {
    env: { ...process.env, BATCHMARK_STARTER_PID: String(process.pid) },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  if (!child.stdout) throw new Error("The sandbox has no output to read its address from.");
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const urls = urlsSchema.parse(JSON.parse(String(line)));
  const controlUrl = `${new URL(urls.openai).origin}/__sandbox`;
  const read = async (resource: string): Promise<unknown> =>
    (await fetch(`${controlUrl}/${resource}`)).json();
  return {
    environment: {
      BATCHMARK_SANDBOX: "0",
      OPENAI_API_KEY: "witness",
      OPENAI_BASE_URL: urls.openai,
      GOOGLE_API_KEY: "witness",
      GOOGLE_GEMINI_BASE_URL: urls.google,
      ANTHROPIC_API_KEY: "witness",
      ANTHROPIC_BASE_URL: urls.anthropic,
    },
    async control(resource, body) {
      const response = await fetch(`${controlUrl}/${resource}`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
      return response.json();
    },
    async clearFaults() {
      await fetch(`${controlUrl}/faults`, { method: "DELETE" });
    },
    readBatches: async () => batchesSchema.parse(await read("batches?origin=api")).batches,
    async readCalls() {
      const { calls } = logSchema.parse(await read("log"));
      return new Map(calls.map((entry) => [`${entry.provider}:${entry.endpoint}`, entry.calls]));
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
