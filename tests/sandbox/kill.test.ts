import { readdir } from "node:fs/promises";
import { join } from "node:path";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import OpenAI from "openai";
import { describe, expect, it, vi } from "vitest";
import { startProcess, type SandboxProcess } from "./support-process.ts";
import { chatLine, createOpenAiBatch, linesOf, messageRequest } from "./support.ts";

const key = { apiKey: "key-a", maxRetries: 0 };
const openAiOf = ({ urls }: SandboxProcess) => new OpenAI({ ...key, baseURL: urls.openai });
const anthropicOf = ({ urls }: SandboxProcess) => new Anthropic({ ...key, baseURL: urls.anthropic });
const googleOf = ({ urls }: SandboxProcess) =>
  new GoogleGenAI({ apiKey: "key-a", httpOptions: { baseUrl: urls.google } });

describe("a sandbox that is killed without warning", () => {
  it("goes on with the batches of all providers", { timeout: 120_000 }, async () => {
    const sandbox = await startProcess();
    const first = await createOpenAiBatch(openAiOf(sandbox), [chatLine("k-1"), chatLine("k-2")]);
    const second = await anthropicOf(sandbox).messages.batches.create({ requests: [messageRequest("k-1")] });
    const src = [{ contents: [{ parts: [{ text: "Hi" }] }] }];
    const third = await googleOf(sandbox).batches.create({ model: "gemini-2.5-flash-lite", src });
    await sandbox.kill();

    const again = await startProcess({ stateDir: sandbox.stateDir });
    await again.control("POST", "/clock", { advanceSeconds: 5 });
    const ended = await openAiOf(again).batches.retrieve(first.id);
    expect(ended).toMatchObject({ status: "completed", created_at: first.created_at });
    const output = await (await openAiOf(again).files.content(ended.output_file_id ?? "")).text();
    expect(linesOf(output)).toHaveLength(2);
    const results: string[] = [];
    for await (const line of await anthropicOf(again).messages.batches.results(second.id)) {
      results.push(line.custom_id);
    }
    expect(results).toEqual(["k-1"]);
    const job = await googleOf(again).batches.get({ name: third.name ?? "" });
    expect(job.dest?.inlinedResponses).toHaveLength(1);
    const added = await anthropicOf(again).messages.batches.create({ requests: [messageRequest("k-2")] });
    expect(added.id).not.toBe(second.id);
  });

  it("leaves no half of an upload behind", { timeout: 120_000 }, async () => {
    const sandbox = await startProcess();
    const boundary = "----x";
    const head =
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="h.jsonl"\r\n\r\n` +
      chatLine("h-1").repeat(2_000);
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(head));
        // Never more and never the end: the upload hangs until the sandbox is killed.
        return new Promise<void>(() => undefined);
      },
    });
    const request: RequestInit & { duplex: "half" } = {
      method: "POST",
      headers: { authorization: "Bearer key-a", "content-type": `multipart/form-data; boundary=${boundary}` },
      body,
      duplex: "half",
    };
    const outcome = fetch(`${sandbox.urls.openai}/files`, request).then(
      () => "answered",
      () => "broken off",
    );
    const files = join(sandbox.stateDir, "files");
    await vi.waitFor(async () => expect(await readdir(files)).toHaveLength(1), { timeout: 30_000 });
    await sandbox.kill();
    expect(await outcome).toBe("broken off");

    const again = await startProcess({ stateDir: sandbox.stateDir });
    expect(await readdir(files)).toEqual([]);
    expect((await openAiOf(again).files.list()).data).toEqual([]);
  });
});
