import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import OpenAI, { toFile } from "openai";
import { describe, expect, it } from "vitest";
import { startProcess, type SandboxProcess } from "./support-process.ts";
import { chatLine, messageRequest } from "./support.ts";

const MAX_HEAP_MEGABYTES = 128;
const BATCHES = 10_000;
const REQUESTS = 50_000;
const key = { apiKey: "key-a", maxRetries: 0 };

const clientOf = {
  openai: (sandbox: SandboxProcess) => new OpenAI({ ...key, baseURL: sandbox.urls.openai }),
  anthropic: (sandbox: SandboxProcess) => new Anthropic({ ...key, baseURL: sandbox.urls.anthropic }),
  google: (sandbox: SandboxProcess) =>
    new GoogleGenAI({ apiKey: "key-a", httpOptions: { baseUrl: sandbox.urls.google } }),
};

async function countLines(response: Response): Promise<number> {
  let lines = 0;
  for await (const chunk of response.body ?? []) for (const byte of chunk) if (byte === 10) lines++;
  return lines;
}

async function* openAiIds(sandbox: SandboxProcess): AsyncGenerator<string> {
  for await (const batch of clientOf.openai(sandbox).batches.list({ limit: 100 })) yield batch.id;
}

async function* anthropicIds(sandbox: SandboxProcess): AsyncGenerator<string> {
  for await (const batch of clientOf.anthropic(sandbox).messages.batches.list({ limit: 1_000 }))
    yield batch.id;
}

async function* googleIds(sandbox: SandboxProcess): AsyncGenerator<string> {
  const pages = await clientOf.google(sandbox).batches.list({ config: { pageSize: 500 } });
  for await (const job of pages) yield job.name ?? "";
}

describe("a sandbox with little memory", () => {
  it("makes and lists ten thousand batches of each provider", { timeout: 240_000 }, async () => {
    const sandbox = await startProcess({ maxHeapMegabytes: MAX_HEAP_MEGABYTES });
    const lists = { openai: openAiIds, anthropic: anthropicIds, google: googleIds } as const;
    for (const provider of ["openai", "anthropic", "google"] as const) {
      const request = { provider, key: "key-a", state: "running", ageSeconds: 600, count: BATCHES };
      const made = (await (await sandbox.control("POST", "/batches", request)).json()) as { ids: string[] };
      const listed = new Set<string>();
      for await (const id of lists[provider](sandbox)) listed.add(id);
      expect(listed.size).toBe(BATCHES);
      expect(made.ids.every((id) => listed.has(id))).toBe(true);
    }
  });

  it("answers fifty thousand requests in one batch of each provider", { timeout: 240_000 }, async () => {
    const sandbox = await startProcess({ maxHeapMegabytes: MAX_HEAP_MEGABYTES });
    expect(await answersOfOpenAi(sandbox)).toBe(REQUESTS);
    expect(await answersOfAnthropic(sandbox)).toBe(REQUESTS);
    expect(await answersOfGoogle(sandbox)).toBe(REQUESTS);
  });
});

const ids = Array.from({ length: REQUESTS }, (_, index) => `k-${index}`);

async function answersOfOpenAi(sandbox: SandboxProcess): Promise<number> {
  const client = clientOf.openai(sandbox);
  const lines = ids.map((id) => chatLine(id, "Hi", { max_tokens: 20 })).join("\n");
  const file = await client.files.create({
    file: await toFile(Buffer.from(lines), "in.jsonl"),
    purpose: "batch",
  });
  const { id } = await client.batches.create({
    input_file_id: file.id,
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
  });
  await sandbox.control("POST", "/clock", { advanceSeconds: 5 });
  const batch = await client.batches.retrieve(id);
  expect(batch.request_counts).toEqual({ total: REQUESTS, completed: REQUESTS, failed: 0 });
  return countLines(await client.files.content(batch.output_file_id ?? ""));
}

async function answersOfAnthropic(sandbox: SandboxProcess): Promise<number> {
  const client = clientOf.anthropic(sandbox);
  const requests = ids.map((id) => messageRequest(id, "Hi"));
  const { id } = await client.messages.batches.create({ requests });
  await sandbox.control("POST", "/clock", { advanceSeconds: 5 });
  const batch = await client.messages.batches.retrieve(id);
  expect(batch.request_counts).toMatchObject({ processing: 0, succeeded: REQUESTS });
  const headers = { "x-api-key": "key-a", "anthropic-version": "2023-06-01" };
  return countLines(await fetch(batch.results_url ?? "", { headers }));
}

async function answersOfGoogle(sandbox: SandboxProcess): Promise<number> {
  const client = clientOf.google(sandbox);
  const request = { contents: [{ parts: [{ text: "Hi" }] }], generationConfig: { maxOutputTokens: 20 } };
  const lines = ids.map((id) => JSON.stringify({ key: id, request })).join("\n");
  const file = await client.files.upload({
    file: new Blob([lines]),
    config: { mimeType: "application/jsonl" },
  });
  const { name = "" } = await client.batches.create({ model: "gemini-2.5-flash-lite", src: file.name ?? "" });
  await sandbox.control("POST", "/clock", { advanceSeconds: 5 });
  const job = await client.batches.get({ name });
  const url = `${sandbox.urls.google}/v1/${job.dest?.fileName ?? ""}:download?alt=media`;
  return countLines(await fetch(url, { headers: { "x-goog-api-key": "key-a" } }));
}
