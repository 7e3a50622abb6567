import { setImmediate } from "node:timers/promises";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI, JobState } from "@google/genai";
import OpenAI, { toFile } from "openai";
import { describe, expect, it } from "vitest";
import { chatLine, linesOf, messageRequest, startWorld, type World } from "./support.ts";

const BATCHES = 6;
const ATTEMPTS = 60;
const ids = Array.from({ length: 25 }, (_, index) => `c-${index}`);

/** As fetch, but no answer asks the client to wait: the tests are to be quick, and the faults stay. */
const withoutPauses: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.ok) return response;
  const headers = new Headers(response.headers);
  headers.set("retry-after-ms", "1");
  return new Response(response.body, { status: response.status, headers });
};

/** Does a step again until it succeeds, as a patient caller would after the client has given up. */
async function persist<Result>(step: () => Promise<Result>): Promise<Result> {
  let problem: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      return await step();
    } catch (error) {
      problem = error;
      await setImmediate();
    }
  }
  throw new Error(`no success in ${ATTEMPTS} attempts`, { cause: problem });
}

/** Asks again and again, while time goes on, until the answer is there. */
async function wait<Result>(world: World, ask: () => Promise<Result | null>): Promise<Result> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = await persist(ask);
    if (answer !== null) return answer;
    world.advance(0.3);
  }
  throw new Error("the batch has not ended");
}

/** Reads results until each request has been seen; every download is damaged in another way. */
async function collect(read: () => Promise<string>, keyOf: (line: unknown) => unknown): Promise<string[]> {
  const seen = new Set<unknown>();
  for (let attempt = 0; attempt < ATTEMPTS && seen.size < ids.length; attempt++) {
    for (const line of linesOf(await persist(read))) {
      try {
        seen.add(keyOf(JSON.parse(line)));
      } catch {
        // A line that is cut short: the next download has it.
      }
    }
  }
  return [...seen].map(String).sort();
}

async function expectTrouble(world: World): Promise<void> {
  const { calls } = (await (await world.control("GET", "/log")).json()) as {
    calls: { statuses: Record<string, number> }[];
  };
  const statuses = new Set(calls.flatMap((call) => Object.keys(call.statuses)));
  expect(statuses.size).toBeGreaterThanOrEqual(4);
}

describe("the scenario with faults of every kind", () => {
  it("lets a patient caller of OpenAI's client reach the end", { timeout: 120_000 }, async () => {
    const world = await startWorld({ scenario: "chaos" });
    const baseURL = world.sandbox.urls.openai;
    const client = new OpenAI({ apiKey: "key-a", baseURL, maxRetries: 4, fetch: withoutPauses });
    const input = Buffer.from(ids.map((id) => chatLine(id)).join("\n"));
    for (let batch = 0; batch < BATCHES; batch++) {
      const file = await persist(async () =>
        client.files.create({ file: await toFile(input, "in.jsonl"), purpose: "batch" }),
      );
      const { id } = await persist(() =>
        client.batches.create({
          input_file_id: file.id,
          endpoint: "/v1/chat/completions",
          completion_window: "24h",
        }),
      );
      const ended = await wait(world, async () => {
        const now = await client.batches.retrieve(id);
        return now.status === "completed" && now.output_file_id != null ? now : null;
      });
      const read = async (): Promise<string> => {
        const files = [ended.output_file_id, ended.error_file_id].filter((name) => name != null);
        // One after the other, so that the same calls meet the same faults in every run.
        let text = "";
        for (const name of files) text += await (await client.files.content(name)).text();
        return text;
      };
      // Test code: the lines of OpenAI's results carry a custom id.
      expect(await collect(read, (line) => (line as { custom_id: string }).custom_id)).toEqual(
        [...ids].sort(),
      );
    }
    await expectTrouble(world);
  });

  it("lets a patient caller of Anthropic's client reach the end", { timeout: 120_000 }, async () => {
    const world = await startWorld({ scenario: "chaos" });
    const baseURL = world.sandbox.urls.anthropic;
    const client = new Anthropic({ apiKey: "key-a", baseURL, maxRetries: 4, fetch: withoutPauses });
    for (let batch = 0; batch < BATCHES; batch++) {
      const requests = ids.map((id) => messageRequest(id));
      const { id } = await persist(() => client.messages.batches.create({ requests }));
      const url = await wait(world, async () => (await client.messages.batches.retrieve(id)).results_url);
      const headers = { "x-api-key": "key-a", "anthropic-version": "2023-06-01" };
      const read = async (): Promise<string> => {
        const response = await fetch(url, { headers });
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        return response.text();
      };
      // Test code: the lines of Anthropic's results carry a custom id.
      expect(await collect(read, (line) => (line as { custom_id: string }).custom_id)).toEqual(
        [...ids].sort(),
      );
    }
    await expectTrouble(world);
  });

  it("lets a patient caller of Google's client reach the end", { timeout: 120_000 }, async () => {
    const world = await startWorld({ scenario: "chaos" });
    const httpOptions = { baseUrl: world.sandbox.urls.google };
    const client = new GoogleGenAI({ apiKey: "key-a", httpOptions });
    const lines = ids.map((key) =>
      JSON.stringify({ key, request: { contents: [{ parts: [{ text: key }] }] } }),
    );
    const input = new Blob([lines.join("\n")]);
    for (let batch = 0; batch < BATCHES; batch++) {
      const file = await persist(() =>
        client.files.upload({ file: input, config: { mimeType: "application/jsonl" } }),
      );
      const { name = "" } = await persist(() =>
        client.batches.create({ model: "gemini-2.5-flash-lite", src: file.name ?? "" }),
      );
      const result = await wait(world, async () => {
        const job = await client.batches.get({ name });
        return job.state === JobState.JOB_STATE_SUCCEEDED ? (job.dest?.fileName ?? null) : null;
      });
      const read = async (): Promise<string> => {
        const url = `${world.sandbox.urls.google}/v1/${result}:download?alt=media`;
        const response = await fetch(url, { headers: { "x-goog-api-key": "key-a" } });
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        return response.text();
      };
      // Test code: the lines of Google's results carry a key.
      expect(await collect(read, (line) => (line as { key: string }).key)).toEqual([...ids].sort());
    }
    await expectTrouble(world);
  });
});
