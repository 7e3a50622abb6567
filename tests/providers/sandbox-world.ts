import { z } from "zod";
import { startSandbox, type Sandbox } from "#sandbox/server.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchProvider, ProviderJob, SubmitInput } from "#lib/providers/provider.ts";
import type { ProviderSettings } from "#lib/providers/settings.ts";
import { createProvider, providerSettings, submitInput, temporaryDirectory } from "./support.ts";

export const models: Record<ProviderId, string> = {
  openai: "gpt-4o-mini",
  google: "gemini-2.5-flash-lite",
  anthropic: "claude-3-haiku-20240307",
};

const callLogSchema = z.object({
  calls: z.array(z.object({ provider: z.string(), endpoint: z.string(), calls: z.number() })),
});

const faultsSchema = z.object({
  faults: z.array(z.object({ endpoint: z.string().optional(), occurrences: z.number() })),
});
const madeBatchSchema = z.object({ id: z.string() });

/** A sandbox of one's own whose clock stands still until it is moved, and clients for it. */
export type SandboxWorld = {
  provider(id: ProviderId, settings?: Partial<ProviderSettings>): Promise<BatchProvider>;
  now(): Date;
  advance(seconds: number): void;
  addFault(fault: Record<string, unknown>): Promise<void>;
  clearFaults(): Promise<void>;
  /** The endpoint of each strike of the faults that are on; `""` for a fault of all endpoints. */
  readStrikes(): Promise<string[]>;
  /** Makes a batch that nobody submitted; resolves with the provider's id of it. */
  makeBatch(batch: Record<string, unknown>): Promise<string>;
  /** How often an endpoint (`batches.create`) was called. */
  callCount(provider: ProviderId, endpoint: string): Promise<number>;
  close(): Promise<void>;
};

export async function openSandboxWorld(stateDir: string): Promise<SandboxWorld> {
  let now = Date.parse("2026-11-22T12:00:00Z");
  const sandbox: Sandbox = await startSandbox({ scenario: "instant", seed: 1, stateDir, now: () => now });
  const control = `${new URL(sandbox.urls.openai).origin}/__sandbox`;

  async function ask(path: string, init?: RequestInit): Promise<unknown> {
    const response = await fetch(`${control}${path}`, init);
    if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  return {
    provider: async (id, settings = {}) =>
      createProvider[id](
        providerSettings({
          apiKey: "contract-key",
          baseUrl: sandbox.urls[id],
          spoolDirectory: await temporaryDirectory(),
          clock: { now: () => new Date(now) },
          ...settings,
        }),
      ),
    now: () => new Date(now),
    advance: (seconds) => {
      now += seconds * 1000;
    },
    addFault: async (fault) => {
      await ask("/faults", { method: "POST", body: JSON.stringify(fault) });
    },
    clearFaults: async () => {
      await ask("/faults", { method: "DELETE" });
    },
    readStrikes: async () => {
      const { faults } = faultsSchema.parse(await ask("/faults"));
      return faults.flatMap(({ endpoint = "", occurrences }) => Array<string>(occurrences).fill(endpoint));
    },
    makeBatch: async (batch) => {
      const made = await ask("/batches", { method: "POST", body: JSON.stringify(batch) });
      return madeBatchSchema.parse(made).id;
    },
    callCount: async (provider, endpoint) => {
      const { calls } = callLogSchema.parse(await ask("/log"));
      return calls.find((entry) => entry.provider === provider && entry.endpoint === endpoint)?.calls ?? 0;
    },
    close: () => sandbox.close(),
  };
}

/** The input of a small job; `prompts` are as many requests. */
export function jobInput(id: ProviderId, prompts: string[], jobName = "job_contract"): SubmitInput {
  return submitInput(prompts.length, {
    jobName,
    model: models[id],
    requests: async function* () {
      for (const [index, prompt] of prompts.entries()) yield { customId: `nonce-${index}`, prompt };
    },
  });
}

export function promptsOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Name a town whose name has ${index + 3} letters.`);
}

/** Moves the clock in steps until the batch has ended and its results are there. */
export async function untilResults(
  world: SandboxWorld,
  provider: BatchProvider,
  id: string,
): Promise<ProviderJob> {
  for (let step = 0; step < 100; step += 1) {
    const job = await provider.get(id);
    if (job.hasEnded && job.hasResults) return job;
    world.advance(0.5);
  }
  throw new Error(`The batch ${id} did not end.`);
}
