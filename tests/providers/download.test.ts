import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
import {
  collect,
  createProvider,
  providerErrorOf,
  providerSettings,
  readFixture,
  readFixtureJson,
  serve,
} from "./support.ts";

type Route = (request: IncomingMessage, response: ServerResponse, baseUrl: string) => void;

/** A provider whose server answers by path; the first route whose key is in the URL wins. */
async function providerWith(id: ProviderId, routes: Record<string, Route>) {
  const paths: string[] = [];
  const baseUrl = await serve((request, response) => {
    request.resume();
    const path = request.url ?? "";
    paths.push(path);
    const route = Object.entries(routes).find(([part]) => path.includes(part))?.[1];
    if (route) route(request, response, baseUrl);
    else response.writeHead(404, { "content-type": "application/json" }).end("{}");
  });
  return { provider: createProvider[id](providerSettings({ baseUrl })), paths, baseUrl };
}

const json =
  (body: unknown): Route =>
  (_request, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
const bytes =
  (body: string): Route =>
  (_request, response) =>
    response.writeHead(200, { "content-type": "application/octet-stream" }).end(body);
/** Sends a part of the body and drops the connection. */
const cut =
  (body: string): Route =>
  (request, response) => {
    response.writeHead(200, { "content-type": "application/octet-stream" });
    response.write(body, () => request.socket.destroy());
  };

async function rawText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await collect(chunks)).toString();
}

describe("OpenAI results", () => {
  const output = '{"custom_id":"a"}';
  const errors = '{"custom_id":"b"}\n';

  async function setUp(outputSizeBytes: number, content: Route = bytes(output)) {
    const raw = await readFixtureJson("openai/batch-completed-partial.json");
    const set = await providerWith("openai", {
      "file-Aa9ZkP2mD7sLq4TnWx1JcV/content": content,
      "file-Ee3RtY6uI8oPl2KjHg5FdS/content": bytes(errors),
      "file-Aa9ZkP2mD7sLq4TnWx1JcV": json({ id: "out", bytes: outputSizeBytes }),
      "file-Ee3RtY6uI8oPl2KjHg5FdS": json({ id: "err", bytes: errors.length }),
      "batches/": json(raw),
    });
    return { ...set, job: await set.provider.get("batch_1") };
  }

  it("are the output file, then the error file, with a newline between", async () => {
    const { provider, job } = await setUp(output.length);
    expect(await rawText(provider.rawResults(job))).toBe(`${output}\n${errors}`);
  });

  it("read the file ids anew when the job at hand has none yet", async () => {
    const { provider, job } = await setUp(output.length);
    const early: ProviderJob = { ...job, raw: { id: job.id, status: "completed" } };
    expect(await rawText(provider.rawResults(early))).toBe(`${output}\n${errors}`);
  });

  it("that end before the size of their file fail instead of looking complete", async () => {
    const { provider, job } = await setUp(output.length + 1);
    const error = await providerErrorOf(rawText(provider.rawResults(job)));
    expect(error).toMatchObject({ kind: "unreadable_reply", isRetryable: true });
  });

  it("whose connection breaks yield the lines before and then fail", async () => {
    const { provider, job } = await setUp(1000, cut(`${output}\n`));
    const lines: unknown[] = [];
    const reading = (async () => {
      for await (const line of provider.results(job)) lines.push(line);
    })();
    expect(await providerErrorOf(reading)).toMatchObject({ kind: "unreachable", isRetryable: true });
    expect(lines).toHaveLength(1);
  });

  it("end when the caller aborts in the middle", async () => {
    const controller = new AbortController();
    const { provider, job } = await setUp(1000, (_request, response) => void response.write("first\n"));
    const reading = (async () => {
      for await (const _chunk of provider.rawResults(job, { signal: controller.signal })) controller.abort();
    })();
    expect(await providerErrorOf(reading)).toMatchObject({ kind: "aborted" });
  });

  it("close the connection when the reader stops early", async () => {
    const closed = Promise.withResolvers<void>();
    const { provider, job } = await setUp(1000, (request, response) => {
      request.socket.once("close", () => closed.resolve());
      response.write("first\n");
    });
    for await (const _chunk of provider.rawResults(job)) break;
    await expect(closed.promise).resolves.toBeUndefined();
  });
});

describe("Google results", () => {
  it("of an inline job are written as lines with their keys", async () => {
    const { provider } = await providerWith("google", {
      "/v1/batches/": json(await readFixtureJson("google/operation-succeeded-inline.json")),
    });
    const job = await provider.get("batches/p0o9i8u7y6t5r4e3w2q1a2s3d4f5g6h7j8k9");
    const lines = await collect(provider.results(job));
    expect(
      lines.map((line) => line.kind === "result" && [line.result.customId, line.result.outcome]),
    ).toEqual([
      ["r-1", "succeeded"],
      ["r-2", "failed"],
    ]);
  });

  it("of a file are downloaded with the key in the header and not in the address", async () => {
    const keys: unknown[] = [];
    const { provider, paths } = await providerWith("google", {
      ":download": (request, response, baseUrl) => {
        keys.push(request.headers["x-goog-api-key"]);
        bytes('{"key":"r"}\n'.repeat(10))(request, response, baseUrl);
      },
      "/v1/batches/": json(await readFixtureJson("google/operation-succeeded-file.json")),
    });
    const job = await provider.get("batches/q7w2e9r4t1y8u5i3o6p0a1s2d3f4g5h6j7k8");
    expect(await collect(provider.results(job))).toHaveLength(10);
    expect(keys).toEqual(["sk-test-3f9a0c7d5b1e"]);
    expect(paths.at(-1)).toBe("/v1/files/batch-q7w2e9r4t1y8u5i3o6p0a1s2d3f4g5h6j7k8:download?alt=media");
  });

  it("behind a redirect are followed, and the key stays behind", async () => {
    const keys: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      keys.push(request.headers["x-goog-api-key"]);
      response.end('{"key":"r"}\n'.repeat(10));
    });
    const { provider } = await providerWith("google", {
      "/moved": (_request, response) => response.writeHead(302, { location: elsewhere }).end(),
      ":download": (_request, response) => response.writeHead(302, { location: "/moved" }).end(),
      "/v1/batches/": json(await readFixtureJson("google/operation-succeeded-file.json")),
    });
    const job = await provider.get("batches/q7w2e9r4t1y8u5i3o6p0a1s2d3f4g5h6j7k8");
    expect(await collect(provider.results(job))).toHaveLength(10);
    expect(keys).toEqual([undefined]);
  });

  it("behind redirects without end are given up", async () => {
    const { provider } = await providerWith("google", {
      ":download": (request, response) => response.writeHead(302, { location: request.url ?? "" }).end(),
      "/v1/batches/": json(await readFixtureJson("google/operation-succeeded-file.json")),
    });
    const job = await provider.get("batches/q7w2e9r4t1y8u5i3o6p0a1s2d3f4g5h6j7k8");
    expect((await providerErrorOf(collect(provider.results(job)))).kind).toBe("unreadable_reply");
  });

  it("that have fewer lines than were counted fail instead of looking complete", async () => {
    const { provider } = await providerWith("google", {
      ":download": bytes('{"key":"r"}\n'.repeat(9)),
      "/v1/batches/": json(await readFixtureJson("google/operation-succeeded-file.json")),
    });
    const job = await provider.get("batches/q7w2e9r4t1y8u5i3o6p0a1s2d3f4g5h6j7k8");
    expect(await providerErrorOf(collect(provider.results(job)))).toMatchObject({
      kind: "unreadable_reply",
      isRetryable: true,
    });
  });

  it("whose connection breaks fail without taking the process along", async () => {
    const { provider } = await providerWith("google", {
      ":download": cut('{"key":"r"}\n'),
      "/v1/batches/": json(await readFixtureJson("google/operation-succeeded-file.json")),
    });
    const job = await provider.get("batches/q7w2e9r4t1y8u5i3o6p0a1s2d3f4g5h6j7k8");
    expect(await providerErrorOf(collect(provider.results(job)))).toMatchObject({ kind: "unreachable" });
  });
});

describe("Anthropic results", () => {
  async function setUp(content: Route, resultsUrl?: (baseUrl: string) => string | null) {
    const raw = (await readFixtureJson("anthropic/batch-ended.json")) as Record<string, unknown>;
    const url = resultsUrl ?? ((baseUrl) => `${baseUrl}/v1/messages/batches/msgbatch_1/results`);
    const set = await providerWith("anthropic", {
      "/results": content,
      "/v1/messages/batches/": (request, response, baseUrl) =>
        json({ ...raw, results_url: url(baseUrl) })(request, response, baseUrl),
    });
    return { ...set, job: await set.provider.get("msgbatch_1") };
  }
  const line = '{"custom_id":"r","result":{"type":"expired"}}\n';

  it("may have blank lines between them", async () => {
    const { provider, job } = await setUp(bytes(`${line.repeat(5)}\n\n${line.repeat(5)}`));
    const lines = await collect(provider.results(job));
    expect(lines).toHaveLength(10);
    expect(lines.every((result) => result.kind === "result")).toBe(true);
    expect(lines.at(-1)?.lineNumber).toBe(12);
  });

  it("that end cleanly with fewer lines than requests fail instead of looking complete", async () => {
    const { provider, job } = await setUp(bytes(`${line.repeat(9)}\n\n`));
    const error = await providerErrorOf(collect(provider.results(job)));
    expect(error).toMatchObject({ kind: "unreadable_reply", isRetryable: true });
    expect(error.message).toContain("9 lines");
  });

  it("that stop flowing end with the time-out", async () => {
    const { job, baseUrl } = await setUp((_request, response) => {
      response.writeHead(200, { "content-type": "application/x-jsonl" });
      response.write(line);
    });
    const impatient = createProvider.anthropic(providerSettings({ baseUrl, timeoutMs: 30 }));
    const error = await providerErrorOf(rawText(impatient.rawResults(job)));
    expect(error).toMatchObject({ kind: "unreachable", isRetryable: true });
    expect(error.message).toContain("no answer within");
  });

  it("at a foreign address are not fetched: the key would go there", async () => {
    const { provider, job, paths } = await setUp(bytes(line), () => "http://127.0.0.1:1/results");
    const callsBefore = paths.length;
    const error = await providerErrorOf(collect(provider.results(job)));
    expect(error).toMatchObject({ kind: "unreadable_reply", isRetryable: false });
    expect(paths).toHaveLength(callsBefore);
  });

  it("that are archived are said to be gone", async () => {
    const { provider, job } = await setUp(bytes(line), () => null);
    const error = await providerErrorOf(collect(provider.results(job)));
    expect(error).toMatchObject({ kind: "not_found", isRetryable: false });
    expect(error.message).toContain("29 days");
  });

  it("carry unreadable lines along with the reason", async () => {
    const { provider, job } = await setUp(bytes(`${line.repeat(9)}oops\n`));
    const lines = await collect(provider.results(job));
    expect(lines.filter((result) => result.kind === "unreadable")).toMatchObject([
      { lineNumber: 10, raw: "oops" },
    ]);
  });
});

describe("every fixture line", () => {
  it.each([
    ["openai", "openai/output.jsonl"],
    ["google", "google/results.jsonl"],
    ["anthropic", "anthropic/results.jsonl"],
  ] as const)("of %s is read by its adapter", async (id, fixture) => {
    const provider = createProvider[id](providerSettings());
    const lines = (await readFixture(fixture)).trim().split("\n");
    for (const line of lines) expect(provider.readResultLine(line).customId).toMatch(/^r-\d$/);
  });
});
