import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import OpenAI, { toFile } from "openai";
import { onTestFinished } from "vitest";
import { startSandbox, type Sandbox, type SandboxOptions } from "#sandbox/server.ts";

/** A quiet Sunday noon, so that hour-of-day effects are the same in every run. */
export const NOON_MS = Date.parse("2026-11-22T12:00:00Z");

/** A sandbox with a clock that stands still until a test moves it. */
export interface World {
  readonly sandbox: Sandbox;
  readonly origin: string;
  readonly stateDir: string;
  /** Moves the clock and returns the new time in milliseconds. */
  advance(seconds: number): number;
  now(): number;
  /** Stops it and starts it again on the same state. */
  restart(): Promise<World>;
  /** Calls its own API under `/__sandbox`. */
  control(method: string, path: string, body?: unknown): Promise<Response>;
}

type Options = Partial<Pick<SandboxOptions, "scenario" | "seed">> & { stateDir?: string; startMs?: number };

/** Starts a sandbox that ends with the test. */
export async function startWorld(options: Options = {}): Promise<World> {
  const stateDir = options.stateDir ?? (await mkdtemp(join(tmpdir(), "sandbox-")));
  let nowMs = options.startMs ?? NOON_MS;
  const now = (): number => nowMs;
  const scenario = options.scenario ?? "instant";
  const sandbox = await startSandbox({ scenario, seed: options.seed ?? 1, stateDir, now });
  let isOpen = true;
  const stop = async (): Promise<void> => {
    if (isOpen) await sandbox.close();
    isOpen = false;
  };
  onTestFinished(async () => {
    await stop();
    await rm(stateDir, { recursive: true, force: true });
  });
  const origin = new URL(sandbox.urls.openai).origin;
  return {
    sandbox,
    origin,
    stateDir,
    now,
    advance: (seconds) => (nowMs += seconds * 1_000),
    restart: async () => {
      await stop();
      return startWorld({ ...options, stateDir, startMs: nowMs });
    },
    control: (method, path, body) =>
      fetch(`${origin}/__sandbox${path}`, {
        method,
        headers: { "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** The official clients without retries, so that every call is seen once. */
export function openAi(world: World, apiKey = "key-a"): OpenAI {
  return new OpenAI({ apiKey, baseURL: world.sandbox.urls.openai, maxRetries: 0 });
}

export function anthropic(world: World, apiKey = "key-a"): Anthropic {
  return new Anthropic({ apiKey, baseURL: world.sandbox.urls.anthropic, maxRetries: 0 });
}

export function google(world: World, apiKey = "key-a"): GoogleGenAI {
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl: world.sandbox.urls.google } });
}

/** One chat request line as OpenAI's batches take them. */
export function chatLine(customId: string, prompt = "Say hello.", body: object = {}): string {
  return JSON.stringify({
    custom_id: customId,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-4o-mini", messages: [{ role: "user", content: prompt }], max_tokens: 200, ...body },
  });
}

/** Uploads lines and creates a chat batch of them. */
export async function createOpenAiBatch(client: OpenAI, lines: readonly string[]): Promise<OpenAI.Batch> {
  const file = await client.files.create({
    file: await toFile(Buffer.from(`${lines.join("\n")}\n`), "input.jsonl"),
    purpose: "batch",
  });
  return client.batches.create({
    input_file_id: file.id,
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
  });
}

/** Lines of a text, without the empty end. */
export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.length > 0);
}

/** One Anthropic batch request. */
export function messageRequest(
  customId: string,
  prompt = "Say hello.",
): {
  custom_id: string;
  params: { model: string; max_tokens: number; messages: { role: "user"; content: string }[] };
} {
  return {
    custom_id: customId,
    params: { model: "claude-haiku-4-5", max_tokens: 200, messages: [{ role: "user", content: prompt }] },
  };
}
