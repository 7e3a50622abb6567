import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { messageOf } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { RequestResult } from "#lib/domain/result.ts";
import { isKnownServiceStatus } from "#lib/domain/user-status.ts";
import { mapBatch as mapAnthropicBatch } from "#lib/providers/anthropic/mapper.ts";
import { mapOperation } from "#lib/providers/google/mapper.ts";
import { mapBatch as mapOpenAiBatch } from "#lib/providers/openai/mapper.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
import { createProvider, providerErrorOf, providerSettings, serveReply, testTime } from "./support.ts";

/**
 * Replies of the real APIs, recorded elsewhere: `<folder>/<provider>/<kind>/<file>`. Without the variable the suite is
 * skipped; it needs no network.
 */
const folder = process.env.BATCHMARK_RECORDINGS;
const skipReason = "BATCHMARK_RECORDINGS names no folder of recorded replies";

type Recording = { name: string; text: string };

const providerFolders: Record<ProviderId, string> = {
  openai: "openai",
  google: "gemini",
  anthropic: "anthropic",
};

/** The files of some kinds of one provider; a folder that is not there has none. */
function recordingsOf(id: ProviderId, kinds: string[]): Recording[] {
  return kinds.flatMap((kind) => {
    const path = join(folder ?? "", providerFolders[id], kind);
    return namesIn(path).map((name) => ({
      name: `${kind}/${name}`,
      text: readFileSync(join(path, name), "utf8"),
    }));
  });
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

const listSchema = z.looseObject({
  data: z.array(z.unknown()).optional(),
  operations: z.array(z.unknown()).optional(),
});

function entriesOf(text: string): unknown[] {
  const list = listSchema.parse(JSON.parse(text));
  return list.data ?? list.operations ?? [];
}

function expectSaneJob(job: ProviderJob): void {
  expect(job.id).not.toBe("");
  expect(isKnownServiceStatus(job.provider, job.serviceStatus)).toBe(true);
  const { createdAt, endedAt } = job.timestamps;
  expect(createdAt?.getUTCFullYear()).toBeGreaterThanOrEqual(2023);
  if (job.hasEnded) expect(Number(endedAt)).toBeGreaterThanOrEqual(Number(createdAt));
  else expect(endedAt).toBeNull();
  const { total, ...parts } = job.counts;
  if (total === null) return;
  expect(Object.values(parts).reduce<number>((sum, part) => sum + (part ?? 0), 0)).toBe(total);
}

/** `mayLackId`: some collectors strip the custom ids before they store a line. */
function expectSaneResult(result: RequestResult, mayLackId = false): void {
  if (!mayLackId) expect(result.customId).toBeTruthy();
  if (result.outcome === "failed") expect(result.error?.message).toBeTruthy();
  if (result.outcome !== "succeeded" || !result.usage) return;
  expect(result.usage.inputTokens).toBeGreaterThan(0);
  if (result.text !== null) expect(result.usage.outputTokens).toBeGreaterThan(0);
}

/** Runs a check and names the file in its failure. */
function checkFile(name: string, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    throw new Error(`${name}: ${messageOf(error)}`, { cause: error });
  }
}

function linesOf({ text }: Recording): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

const jobMappers: Record<ProviderId, (raw: unknown) => ProviderJob> = {
  openai: (raw) => mapOpenAiBatch(raw, testTime),
  google: mapOperation,
  anthropic: mapAnthropicBatch,
};

const jobKinds: Record<ProviderId, string[]> = {
  openai: ["batch_object"],
  google: ["operation"],
  anthropic: ["batch_object"],
};

const lineKinds: Record<ProviderId, string[]> = {
  openai: ["output_jsonl", "error_jsonl"],
  google: ["results_jsonl"],
  anthropic: ["results_jsonl"],
};

/** Kinds whose lines are a part of a result line, and what was around them. */
const partKinds: Record<ProviderId, { kind: string; key: string }> = {
  openai: { kind: "response_objects", key: "response" },
  google: { kind: "response_bodies", key: "response" },
  anthropic: { kind: "result_objects", key: "result" },
};

const interactionsSchema = z.array(
  z.object({
    request: z.object({ url: z.string() }),
    response: z.object({ status: z.number(), body: z.string() }),
  }),
);

/** What a reply is, by the address that was asked. Lists, files and empty replies are read in other tests. */
function meaningOf(url: string, body: string): "job" | "lines" | "other" {
  const { pathname } = new URL(url);
  if (/\/content$|\/results$|:download$/.test(pathname)) return "lines";
  const isBatch = /\/batches(\/|$)|:batchGenerateContent$/.test(pathname);
  return isBatch && /"(processing_status|completion_window|batchStats)"/.test(body) && !/"data":/.test(body)
    ? "job"
    : "other";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!folder)(`recorded replies (skipped when ${skipReason})`, () => {
  describe.each(["openai", "google", "anthropic"] as const)("of %s", (id) => {
    const provider = createProvider[id](providerSettings());

    it("map to jobs with sane fields", () => {
      const recordings = recordingsOf(id, jobKinds[id]);
      expect(recordings.length).toBeGreaterThan(0);
      for (const { name, text } of recordings) {
        const raw: unknown = JSON.parse(text);
        // An excerpt without its name was never a whole reply.
        if (id === "google" && !z.object({ name: z.string() }).safeParse(raw).success) continue;
        checkFile(name, () => expectSaneJob(jobMappers[id](raw)));
      }
    });

    it("map to jobs in lists", () => {
      const kinds = id === "google" ? ["operation_list"] : ["batch_list"];
      for (const recording of recordingsOf(id, kinds)) {
        for (const raw of entriesOf(recording.text)) {
          checkFile(recording.name, () => expect(jobMappers[id](raw).id).not.toBe(""));
        }
      }
    });

    it("are read as result lines", () => {
      const recordings = recordingsOf(id, lineKinds[id]);
      expect(recordings.length).toBeGreaterThan(0);
      for (const recording of recordings) {
        for (const line of linesOf(recording)) {
          checkFile(recording.name, () => expectSaneResult(provider.readResultLine(line)));
        }
      }
    });

    it("are read as pretty-printed result lines", () => {
      for (const { name, text } of recordingsOf(id, ["output_line"])) {
        checkFile(name, () => expectSaneResult(provider.readResultLine(text)));
      }
    });

    it("are read as parts of result lines", () => {
      const { kind, key } = partKinds[id];
      for (const recording of recordingsOf(id, [kind])) {
        for (const part of linesOf(recording)) {
          const line = `{"${key}":${part}}`;
          checkFile(recording.name, () => expectSaneResult(provider.readResultLine(line), true));
        }
      }
    });

    it("of whole runs are understood call by call", () => {
      const recordings = recordingsOf(id, ["interactions"]);
      expect(recordings.length).toBeGreaterThan(0);
      let understoodCount = 0;
      for (const { name, text } of recordings) {
        for (const { request, response } of interactionsSchema.parse(JSON.parse(text))) {
          if (response.status !== 200) continue;
          const meaning = meaningOf(request.url, response.body);
          if (meaning === "other") continue;
          understoodCount += 1;
          if (meaning === "job") {
            checkFile(name, () => expectSaneJob(jobMappers[id](JSON.parse(response.body))));
            continue;
          }
          const lines = linesOf({ name, text: response.body });
          for (const [index, line] of lines.entries()) {
            // Recorders cut long bodies; only the last line can be half.
            if (index === lines.length - 1 && !isJson(line)) continue;
            checkFile(name, () => expectSaneResult(provider.readResultLine(line)));
          }
        }
      }
      expect(understoodCount).toBeGreaterThan(0);
    });

    it("become errors that say what happened", async () => {
      const schema = z.object({ status: z.number(), body: z.string() });
      for (const { name, text } of recordingsOf(id, ["http_error"])) {
        const { status, body } = schema.parse(JSON.parse(text));
        const baseUrl = await serveReply(status, body);
        const error = await providerErrorOf(
          createProvider[id](providerSettings({ baseUrl })).get("batches/x"),
        );
        checkFile(name, () => expect(error).toMatchObject({ provider: id, httpStatus: status }));
      }
    });
  });
});

it.runIf(!folder)(`skips the recorded replies: ${skipReason}`, () => {
  expect(folder ?? "").toBe("");
});
