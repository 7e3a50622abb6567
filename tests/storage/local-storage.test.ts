import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createLocalStorage } from "#lib/storage/local-storage.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "batchmark-storage-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function* bytesOf(...parts: string[]) {
  for (const part of parts) yield new TextEncoder().encode(part);
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

it("writes, measures, reads whole and in part, and removes", async () => {
  const storage = createLocalStorage(directory);
  expect(await storage.write("results/job_1.jsonl", bytesOf("first\n", "second\n"))).toEqual({
    sizeBytes: 13,
  });
  expect(await storage.sizeBytes("results/job_1.jsonl")).toBe(13);
  expect(await textOf(storage.read("results/job_1.jsonl"))).toBe("first\nsecond\n");
  expect(await textOf(storage.read("results/job_1.jsonl", { offsetBytes: 6, lengthBytes: 6 }))).toBe(
    "second",
  );
  await storage.remove("results/job_1.jsonl");
  expect(await storage.sizeBytes("results/job_1.jsonl")).toBeNull();
});

it("keeps the old file and leaves no half one when a stream breaks", async () => {
  const storage = createLocalStorage(directory);
  await storage.write("results/job_1.jsonl", bytesOf("whole"));
  async function* broken() {
    yield new TextEncoder().encode("half");
    throw new Error("cut off");
  }
  await expect(storage.write("results/job_1.jsonl", broken())).rejects.toThrow("cut off");
  expect(await textOf(storage.read("results/job_1.jsonl"))).toBe("whole");
  expect(readdirSync(path.join(directory, "results"))).toEqual(["job_1.jsonl"]);
});

it.each(["../outside", "results/../../outside", "/etc/passwd", "Results/x", "a//b", ""])(
  "refuses the key %j",
  async (key) => {
    await expect(createLocalStorage(directory).sizeBytes(key)).rejects.toThrow("not a storage key");
  },
);

it("says that a missing file is missing", async () => {
  await expect(textOf(createLocalStorage(directory).read("results/none.jsonl"))).rejects.toMatchObject({
    code: "not_found",
  });
});
