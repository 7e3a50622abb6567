import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createLocalStorage } from "#lib/storage/local-storage.ts";
import { bytesOf } from "./bytes.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "batchmark-storage-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it("leaves no half file behind when a stream breaks", async () => {
  const storage = createLocalStorage(directory);
  await storage.write("results/job_1.jsonl", bytesOf("whole"));
  async function* broken() {
    yield new TextEncoder().encode("half");
    throw new Error("cut off");
  }
  await expect(storage.write("results/job_1.jsonl", broken())).rejects.toThrow("cut off");
  expect(readdirSync(path.join(directory, "results"))).toEqual(["job_1.jsonl"]);
});

it("says that the disk is full, and which one", async () => {
  const storage = createLocalStorage(directory);
  async function* full() {
    yield new TextEncoder().encode("half");
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  }
  await expect(storage.write("results/job_1.jsonl", full())).rejects.toMatchObject({
    code: "limit",
    message: expect.stringContaining(`The disk that holds ${directory} is full`),
  });
  expect(readdirSync(path.join(directory, "results"))).toEqual([]);
});

it("tells how much room is left", async () => {
  expect(await createLocalStorage(path.join(directory, "new")).freeBytes()).toBeGreaterThan(0);
});
