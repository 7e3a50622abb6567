import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { mapBatch as mapAnthropicBatch } from "#lib/providers/anthropic/mapper.ts";
import { mapOperation } from "#lib/providers/google/mapper.ts";
import { textOf } from "#lib/providers/http-failure-parts.ts";
import { readResultLines } from "#lib/providers/json-lines.ts";
import { mapBatch as mapOpenAiBatch } from "#lib/providers/openai/mapper.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
import { at, expectJobOf, expectResultOf } from "./recorded-truth.ts";
import {
  collect,
  createProvider,
  providerErrorOf,
  providerSettings,
  serveReply,
  testTime,
} from "./support.ts";

/**
 * Replies of the real APIs, recorded elsewhere: `<folder>/<provider>/<kind>/<file>`. Each file is a test of its own, which
 * compares what the adapter reads with the raw fields. Without the variable all are skipped; no network is needed.
 */
const folder = process.env.BATCHMARK_RECORDINGS;

const providerFolders: Record<ProviderId, string> = {
  openai: "openai",
  google: "gemini",
  anthropic: "anthropic",
};

type Recording = { kind: string; name: string; path: string };

function recordingsOf(id: ProviderId): Recording[] {
  const root = join(folder ?? "", providerFolders[id]);
  return namesIn(root).flatMap((kind) =>
    namesIn(join(root, kind)).map((name) => ({ kind, name, path: join(root, kind, name) })),
  );
}

function namesIn(path: string): string[] {
  return folder === undefined || folder === "" ? [] : readdirSync(path);
}

const mapJob: Record<ProviderId, (raw: unknown) => ProviderJob> = {
  openai: (raw) => mapOpenAiBatch(raw, testTime),
  google: mapOperation,
  anthropic: mapAnthropicBatch,
};

function checkJob(id: ProviderId, raw: unknown): ProviderJob {
  const job = mapJob[id](raw);
  expectJobOf(id, raw, job);
  const read = createProvider[id](providerSettings()).readResultLine;
  for (const path of [["metadata", "output"], ["response"]]) {
    const inlined = at(raw, ...path, "inlinedResponses", "inlinedResponses");
    for (const line of Array.isArray(inlined) ? inlined : []) {
      expectResultOf(id, line, read(JSON.stringify(line)));
    }
  }
  return job;
}

/** Every line that is JSON must be read; `wrap` puts around it what a collector took away. Resolves with their number. */
async function checkLines(id: ProviderId, text: string, wrap = (line: string) => line): Promise<number> {
  const lines = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(wrap);
  const read = createProvider[id](providerSettings()).readResultLine;
  const bytes = (async function* () {
    yield Buffer.from(lines.join("\n"));
  })();
  const results = await collect(readResultLines(bytes, read));
  expect(results).toHaveLength(lines.length);
  for (const [index, line] of results.entries()) {
    if (line.kind === "result") expectResultOf(id, JSON.parse(line.raw), line.result);
    // Recorders cut long bodies: only the last line can be half, and only half a line may be unreadable.
    else expect([index, isJson(line.raw)]).toEqual([lines.length - 1, false]);
  }
  return results.length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

type Check = (id: ProviderId, text: string) => unknown;

const listSchema = z.looseObject({
  data: z.array(z.unknown()).optional(),
  operations: z.array(z.unknown()).optional(),
});

const checkList: Check = (id, text) => {
  const list = listSchema.parse(JSON.parse(text));
  for (const raw of list.data ?? list.operations ?? []) checkJob(id, raw);
};

const part =
  (key: string): Check =>
  (id, text) =>
    checkLines(id, text, (line) => `{"${key}":${line}}`);

const errorSchema = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.unknown()),
  body: z.string(),
});

/** The reply is served again and must come out as an error with its status, code, words and request id. */
const checkError: Check = async (id, text) => {
  const { status, headers, body } = errorSchema.parse(JSON.parse(text));
  const requestId = textOf(headers["x-request-id"] ?? headers["request-id"]) ?? "req_unrecorded";
  const contentType = textOf(headers["content-type"]) ?? "application/json";
  const sent = { "content-type": contentType, "x-request-id": requestId, "request-id": requestId };
  const baseUrl = await serveReply(status, body, sent);
  const error = await providerErrorOf(createProvider[id](providerSettings({ baseUrl })).get("batches/x"));
  expect(error).toMatchObject({ provider: id, httpStatus: status, requestId });
  // Of the 429s those about money stay.
  if (status !== 429) expect(error.isRetryable).toBe(status >= 500 || status === 408);
  if (!isJson(body)) return;
  const raw: unknown = JSON.parse(body);
  const codes = ["code", "type", "status"].map((key) => at(raw, "error", key));
  expect([...codes, at(raw, "error", "details", "error_code"), null]).toContain(error.code);
  // The refusal of a key is worded by us: providers echo parts of it.
  const words = String(at(raw, "error", "message"))
    .replaceAll(/\s+/g, " ")
    .slice(0, 80);
  if (error.kind !== "authentication") expect(error.message).toContain(words);
};

const interactionsSchema = z.array(
  z.object({
    request: z.object({ url: z.string() }),
    response: z.object({ status: z.number(), body: z.string() }),
  }),
);

/** A whole run: what each call says is read, no batch comes back to life, and its lines are as many as were counted. */
const checkRun: Check = async (id, text) => {
  const ended = new Map<string, ProviderJob>();
  for (const { request, response } of interactionsSchema.parse(JSON.parse(text))) {
    const { pathname } = new URL(request.url);
    if (response.status !== 200) continue;
    if (/\/content$|\/results$|:download$/.test(pathname)) {
      const lineCount = await checkLines(id, response.body);
      const [job] = ended.values();
      if (ended.size === 1) expect(lineCount).toBeLessThanOrEqual(job?.counts.total ?? 0);
      continue;
    }
    if (!/\/batches(\/|$)|:batchGenerateContent$/.test(pathname) || !isJson(response.body)) continue;
    const raw: unknown = JSON.parse(response.body);
    if (at(raw, "data") !== undefined || at(raw, "operations") !== undefined) checkList(id, response.body);
    // Cancellations are answered with `{}` by Google.
    else if (at(raw, "id") !== undefined || at(raw, "name") !== undefined) {
      const job = checkJob(id, raw);
      expect(ended.has(job.id) && !job.hasEnded).toBe(false);
      if (job.hasEnded) ended.set(job.id, job);
    }
  }
};

const checkFile: Check = (_id, text) => {
  const raw: unknown = JSON.parse(text);
  expect(typeof at(raw, "id")).toBe("string");
  expect(typeof at(raw, "bytes")).toBe("number");
};

const checkOperation: Check = (id, text) => {
  const raw: unknown = JSON.parse(text);
  // An excerpt without its name was never a whole reply.
  checkJob(id, typeof at(raw, "name") === "string" ? raw : { name: "batches/excerpt", ...Object(raw) });
};

/** What is known of each kind; any other kind must be JSON or JSON lines. */
const checks: Record<string, Check> = {
  batch_object: (id, text) => checkJob(id, JSON.parse(text)),
  batch_object_fragment: (id, text) => {
    for (const raw of z.array(z.looseObject({})).parse(JSON.parse(text)))
      checkJob(id, { id: "batch_1", ...raw });
  },
  operation: checkOperation,
  batch_list: checkList,
  operation_list: checkList,
  output_jsonl: checkLines,
  error_jsonl: checkLines,
  results_jsonl: checkLines,
  output_line: (id, text) => checkLines(id, JSON.stringify(JSON.parse(text))),
  response_objects: part("response"),
  response_bodies: part("response"),
  result_objects: part("result"),
  error_messages: (id, text) => {
    const errors = z.array(z.looseObject({})).parse(JSON.parse(text));
    return checkLines(id, errors.map((error) => JSON.stringify({ key: "r", error })).join("\n"));
  },
  sdk_repr: (id, text) => {
    for (const { parsed } of z.array(z.looseObject({ parsed: z.unknown() })).parse(JSON.parse(text))) {
      checkJob(id, parsed);
    }
  },
  file_object: checkFile,
  http_error: checkError,
  interactions: checkRun,
};

const checkJson: Check = (_id, text) => {
  const isLines = text.split("\n").every((line) => line.trim() === "" || isJson(line));
  expect(isJson(text) || isLines).toBe(true);
};

describe.runIf(folder)("the recorded replies", () => {
  describe.each(["openai", "google", "anthropic"] as const)("of %s", (id) => {
    it.each(recordingsOf(id))("$kind/$name", async ({ kind, path }) => {
      const text = readFileSync(path, "utf8");
      await expect(Promise.resolve((checks[kind] ?? checkJson)(id, text))).resolves.not.toThrow();
    });
  });

  it("are there", () => {
    for (const id of ["openai", "google", "anthropic"] as const) {
      expect(recordingsOf(id).length).toBeGreaterThan(0);
    }
  });
});

it.runIf(!folder)("skips the recorded replies: BATCHMARK_RECORDINGS names no folder of them", () => {
  expect(folder ?? "").toBe("");
});
