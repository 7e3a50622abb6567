import { readdir } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { withSpooledRequests } from "#lib/providers/spool.ts";
import {
  collect,
  createProvider,
  providerErrorOf,
  providerSettings,
  serve,
  submitInput,
  temporaryDirectory,
} from "./support.ts";

type Seen = { method: string; path: string; body: string; headers: Record<string, unknown> };

const batch = { id: "batch_1", status: "validating" };
const operation = { name: "batches/1", metadata: { state: "BATCH_STATE_PENDING" } };
const messageBatch = { id: "msgbatch_1", processing_status: "in_progress" };

/** What each provider answers to the calls of a submission, by method and end of path. */
function replyTo(
  baseUrl: string,
  { method, path }: Seen,
): { body: unknown; headers?: Record<string, string> } {
  if (path.startsWith("/upload/")) {
    return path.includes("upload_id")
      ? { body: { file: { name: "files/in" } }, headers: { "x-goog-upload-status": "final" } }
      : { body: {}, headers: { "x-goog-upload-url": `${baseUrl}/upload/v1/files?upload_id=1` } };
  }
  if (path.endsWith("/files")) return { body: { id: "file-in" } };
  if (method === "DELETE") return { body: {} };
  if (path.endsWith("/v1/messages/batches")) return { body: messageBatch };
  return { body: path.endsWith("/batches") ? batch : operation };
}

/** A server for one submission: `refuse` says with which status the creation of the batch is answered. */
async function serveSubmission(refuse: { status: number; body?: unknown } | null = null) {
  const seen: Seen[] = [];
  const baseUrl = await serve((request, response) => {
    void text(request).then((body) => {
      const call = { method: request.method ?? "", path: request.url ?? "", body, headers: request.headers };
      seen.push(call);
      const isCreation = /\/batches$|batchGenerateContent/.test(call.path);
      if (isCreation && refuse) {
        response.writeHead(refuse.status, { "content-type": "application/json" });
        response.end(JSON.stringify(refuse.body ?? {}));
        return;
      }
      const reply = replyTo(baseUrl, call);
      response.writeHead(200, { "content-type": "application/json", ...reply.headers });
      response.end(JSON.stringify(reply.body));
    });
  });
  return { baseUrl, seen };
}

async function providerAt(id: ProviderId, baseUrl: string) {
  const spoolDirectory = await temporaryDirectory();
  return { spoolDirectory, provider: createProvider[id](providerSettings({ baseUrl, spoolDirectory })) };
}

describe("the requests on the wire", () => {
  it("of OpenAI are an uploaded file of chat completions and a batch with our name", async () => {
    const { baseUrl, seen } = await serveSubmission();
    const { provider } = await providerAt("openai", baseUrl);
    const job = await provider.submit(submitInput(2));
    expect(job.id).toBe("batch_1");
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /files", "POST /batches"]);
    expect(seen[0]?.headers["content-length"]).toBeDefined();
    const lines = seen[0]?.body.split(/\r?\n/).filter((line) => line.startsWith("{")) ?? [];
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        custom_id: "nonce-0",
        method: "POST",
        url: "/v1/chat/completions",
        body: {
          model: "a-model",
          messages: [{ role: "user", content: "Write one sentence about the number 0." }],
          max_completion_tokens: 64,
        },
      },
      expect.objectContaining({ custom_id: "nonce-1" }),
    ]);
    expect(JSON.parse(seen[1]?.body ?? "")).toEqual({
      input_file_id: "file-in",
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
      metadata: { batchmark_job: "job_7k2m9q4w1x8c5v3b" },
    });
  });

  it("of Google are an uploaded file and a batch with our name", async () => {
    const { baseUrl, seen } = await serveSubmission();
    const { provider } = await providerAt("google", baseUrl);
    const job = await provider.submit(submitInput(2));
    expect(job.id).toBe("batches/1");
    const lines = seen[1]?.body.trim().split("\n") ?? [];
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      key: "nonce-0",
      request: {
        contents: [{ role: "user", parts: [{ text: "Write one sentence about the number 0." }] }],
        generationConfig: { maxOutputTokens: 64 },
      },
    });
    expect(lines).toHaveLength(2);
    expect(seen[2]?.path).toBe("/v1/models/a-model:batchGenerateContent");
    expect(JSON.parse(seen[2]?.body ?? "")).toEqual({
      batch: { inputConfig: { fileName: "files/in" }, displayName: "job_7k2m9q4w1x8c5v3b" },
    });
  });

  it("of Anthropic are one call whose length is known", async () => {
    const { baseUrl, seen } = await serveSubmission();
    const { provider } = await providerAt("anthropic", baseUrl);
    const job = await provider.submit(submitInput(2));
    expect(job.id).toBe("msgbatch_1");
    expect(seen).toHaveLength(1);
    expect(seen[0]?.headers["content-type"]).toBe("application/json");
    expect(Number(seen[0]?.headers["content-length"])).toBe(Buffer.byteLength(seen[0]?.body ?? ""));
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      requests: [0, 1].map((index) => ({
        custom_id: `nonce-${index}`,
        params: {
          model: "a-model",
          max_tokens: 64,
          messages: [{ role: "user", content: `Write one sentence about the number ${index}.` }],
        },
      })),
    });
  });
});

describe("the parameters of a lane", () => {
  const shared = { systemPrompt: "Answer briefly.", stopSequences: ["END"] };

  it("stand in every request to OpenAI", async () => {
    const { baseUrl, seen } = await serveSubmission();
    const { provider } = await providerAt("openai", baseUrl);
    const parameters = { ...shared, temperature: 0.2, topP: 0.9, extra: { seed: 7 } };
    await provider.submit(submitInput(2, { parameters: { ...parameters, reasoningEffort: "low" } }));
    const lines = seen[0]?.body.split(/\r?\n/).filter((line) => line.startsWith("{")) ?? [];
    expect(lines).toHaveLength(2);
    for (const [index, line] of lines.entries()) {
      expect(JSON.parse(line)).toMatchObject({
        body: {
          model: "a-model",
          messages: [
            { role: "system", content: "Answer briefly." },
            { role: "user", content: `Write one sentence about the number ${index}.` },
          ],
          max_completion_tokens: 64,
          temperature: 0.2,
          top_p: 0.9,
          stop: ["END"],
          reasoning_effort: "low",
          seed: 7,
        },
      });
    }
  });

  it("stand in every request to Google, further ones beside ours in its objects", async () => {
    const { baseUrl, seen } = await serveSubmission();
    const { provider } = await providerAt("google", baseUrl);
    const extra = {
      generationConfig: { seed: 7, thinkingConfig: { includeThoughts: true } },
      labels: { a: "b" },
    };
    const parameters = { ...shared, temperature: 0, topP: 1, thinkingBudgetTokens: 0, extra };
    await provider.submit(submitInput(1, { parameters }));
    expect(JSON.parse(seen[1]?.body ?? "")).toMatchObject({
      request: {
        systemInstruction: { parts: [{ text: "Answer briefly." }] },
        generationConfig: {
          maxOutputTokens: 64,
          temperature: 0,
          topP: 1,
          stopSequences: ["END"],
          thinkingConfig: { thinkingBudget: 0, includeThoughts: true },
          seed: 7,
        },
        labels: { a: "b" },
      },
    });
    await provider.submit(submitInput(1, { parameters: { reasoningEffort: "minimal" } }));
    const second = seen.filter((call) => call.body.startsWith('{"key"'))[1];
    expect(JSON.parse(second?.body ?? "").request.generationConfig).toEqual({
      maxOutputTokens: 64,
      thinkingConfig: { thinkingLevel: "MINIMAL" },
    });
  });

  it("stand in every request to Anthropic", async () => {
    const { baseUrl, seen } = await serveSubmission();
    const { provider } = await providerAt("anthropic", baseUrl);
    const extra = { metadata: { user_id: "u" }, output_config: { task_budget: null } };
    const parameters = { ...shared, reasoningEffort: "low", thinkingBudgetTokens: 1_024, extra } as const;
    await provider.submit(submitInput(2, { parameters }));
    await provider.submit(submitInput(1, { parameters: { thinkingBudgetTokens: 0 } }));
    expect(JSON.parse(seen[0]?.body ?? "").requests[1].params).toEqual({
      model: "a-model",
      max_tokens: 64,
      messages: [{ role: "user", content: "Write one sentence about the number 1." }],
      system: "Answer briefly.",
      stop_sequences: ["END"],
      output_config: { effort: "low", task_budget: null },
      thinking: { type: "enabled", budget_tokens: 1_024 },
      metadata: { user_id: "u" },
    });
    expect(JSON.parse(seen[1]?.body ?? "").requests[0].params.thinking).toEqual({ type: "disabled" });
  });
});

describe("a batch of OpenAI", () => {
  it.each([400, 404])(
    "whose file is not visible yet although it was just uploaded (%i) may be tried again",
    async (status) => {
      const message = "Cannot find file file-in, or organization org-1 does not have access to it.";
      const { baseUrl, seen } = await serveSubmission({ status, body: { error: { message, type: "x" } } });
      const { provider } = await providerAt("openai", baseUrl);
      const error = await providerErrorOf(provider.submit(submitInput(3)));
      expect(error).toMatchObject({ kind: "not_found", httpStatus: status, isRetryable: true });
      expect(error.leavesOutcomeUnknown).toBe(false);
      expect(seen.at(-1)).toMatchObject({ method: "DELETE", path: "/files/file-in" });
    },
  );
});

describe.each(providerIds)("a submission to %s", (id) => {
  it("leaves no request file behind", async () => {
    const { baseUrl } = await serveSubmission();
    const { provider, spoolDirectory } = await providerAt(id, baseUrl);
    await provider.submit(submitInput(3));
    expect(await readdir(spoolDirectory)).toEqual([]);
  });

  it("that is refused is tried once and leaves neither a request file nor an uploaded one", async () => {
    const { baseUrl, seen } = await serveSubmission({ status: 400 });
    const { provider, spoolDirectory } = await providerAt(id, baseUrl);
    expect(await providerErrorOf(provider.submit(submitInput(3)))).toMatchObject({ httpStatus: 400 });
    expect(await readdir(spoolDirectory)).toEqual([]);
    const deleted = seen.filter((call) => call.method === "DELETE").map((call) => call.path);
    const expected = { openai: ["/files/file-in"], google: ["/v1/files/in"], anthropic: [] };
    expect(deleted).toEqual(expected[id]);
  });

  it("whose answer is lost is not repeated and keeps the uploaded file: the batch may exist", async () => {
    const { baseUrl, seen } = await serveSubmission({ status: 500 });
    const { provider } = await providerAt(id, baseUrl);
    const error = await providerErrorOf(provider.submit(submitInput(3)));
    expect(error.leavesOutcomeUnknown).toBe(true);
    expect(seen.filter((call) => /\/batches$|batchGenerateContent/.test(call.path))).toHaveLength(1);
    expect(seen.filter((call) => call.method === "DELETE")).toEqual([]);
  });

  it("without a request, or with fewer than announced, sends nothing", async () => {
    const { baseUrl, seen } = await serveSubmission();
    const { provider } = await providerAt(id, baseUrl);
    const short = submitInput(5, { requests: submitInput(4).requests });
    for (const input of [submitInput(0), short]) {
      expect(await providerErrorOf(provider.submit(input))).toMatchObject({
        kind: "invalid_request",
        isRetryable: false,
      });
    }
    expect(seen).toEqual([]);
  });

  it("passes on what went wrong in the source of the requests", async () => {
    const { baseUrl, seen } = await serveSubmission();
    const { provider, spoolDirectory } = await providerAt(id, baseUrl);
    const requests = async function* () {
      yield { customId: "nonce-0", prompt: "first" };
      throw new RangeError("The storage is gone.");
    };
    await expect(provider.submit(submitInput(2, { requests }))).rejects.toThrow(RangeError);
    expect(seen).toEqual([]);
    expect(await readdir(spoolDirectory)).toEqual([]);
  });

  it("into a folder that cannot be written says which", async () => {
    const provider = createProvider[id](providerSettings({ spoolDirectory: "/dev/null/spool" }));
    const error = await providerErrorOf(provider.submit(submitInput(1)));
    expect(error.message).toContain("/dev/null/spool");
    expect(error.leavesOutcomeUnknown).toBe(false);
  });

  it("stops between two requests when it is aborted", async () => {
    const { baseUrl, seen } = await serveSubmission();
    const { provider, spoolDirectory } = await providerAt(id, baseUrl);
    const controller = new AbortController();
    const requests = async function* () {
      for (const request of await collect(submitInput(2).requests())) {
        yield request;
        controller.abort();
      }
    };
    const call = provider.submit(submitInput(2, { requests }), { signal: controller.signal });
    expect(await providerErrorOf(call)).toMatchObject({ kind: "aborted" });
    expect(seen).toEqual([]);
    expect(await readdir(spoolDirectory)).toEqual([]);
  });
});

describe("a request file", () => {
  it("over the provider's size is refused while it is written, and removed", async () => {
    const directory = await temporaryDirectory();
    const { id, capabilities } = createProvider.openai(providerSettings());
    const provider = { id, capabilities: { ...capabilities, maxInputBytes: 1000 } };
    const format = { head: "", separator: "", tail: "", encode: ({ prompt }: { prompt: string }) => prompt };
    const uploads: unknown[] = [];
    const call = withSpooledRequests(provider, submitInput(50), format, { directory }, async (file) => {
      uploads.push(file);
    });
    const error = await providerErrorOf(call);
    expect(error).toMatchObject({ kind: "invalid_request", isRetryable: false });
    expect(error.message).toContain("Split it");
    expect(uploads).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  });
});
