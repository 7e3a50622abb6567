import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ProviderError } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { createAnthropicProvider } from "#lib/providers/anthropic/provider.ts";
import { createGoogleProvider } from "#lib/providers/google/provider.ts";
import { createOpenAiProvider } from "#lib/providers/openai/provider.ts";
import type { BatchProvider, SubmitInput } from "#lib/providers/provider.ts";
import type { ProviderSettings } from "#lib/providers/settings.ts";

export const createProvider: Record<ProviderId, (settings: ProviderSettings) => BatchProvider> = {
  openai: createOpenAiProvider,
  google: createGoogleProvider,
  anthropic: createAnthropicProvider,
};

export const testTime = new Date("2026-11-22T12:00:00Z");
export const testKey = "sk-test-3f9a0c7d5b1e";

export function providerSettings(overrides: Partial<ProviderSettings> = {}): ProviderSettings {
  return {
    apiKey: testKey,
    baseUrl: "http://127.0.0.1:9",
    account: "0123456789ab",
    spoolDirectory: join(tmpdir(), "batchmark-tests-no-spool"),
    clock: { now: () => testTime },
    ...overrides,
  };
}

/** A folder that is gone when the test is over. */
export async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "batchmark-providers-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

export function readFixture(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, "..", "fixtures", name), "utf8");
}

export async function readFixtureJson(name: string): Promise<unknown> {
  return JSON.parse(await readFixture(name));
}

export async function readFixtureLines(name: string): Promise<string[]> {
  return (await readFixture(name)).split("\n").filter((line) => line !== "");
}

/** A server on loopback that answers as the test says; resolves with its base URL. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${address.port}`;
}

/** The base URL of a port that was open a moment ago and is not any more. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${address.port}`;
}

/** Answers every request with one status and body. */
export function serveReply(
  status: number,
  body: unknown,
  headers: Record<string, string> = { "content-type": "application/json" },
): Promise<string> {
  return serve((request, response) => {
    request.resume();
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  });
}

/** The `ProviderError` that a call rejects with; anything else fails the test. */
export async function providerErrorOf(call: Promise<unknown>): Promise<ProviderError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error("The call was expected to be rejected.");
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function submitInput(requestCount: number, overrides: Partial<SubmitInput> = {}): SubmitInput {
  return {
    jobName: "job_7k2m9q4w1x8c5v3b",
    model: "a-model",
    maxOutputTokens: 64,
    parameters: {},
    requestCount,
    requests: async function* () {
      for (let index = 0; index < requestCount; index += 1) {
        yield { customId: `nonce-${index}`, prompt: `Write one sentence about the number ${index}.` };
      }
    },
    ...overrides,
  };
}
