import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLocalStorage } from "#lib/storage/local-storage.ts";
import { createS3Storage } from "#lib/storage/s3-storage.ts";
import type { Storage } from "#lib/storage/storage.ts";
import { startS3Server } from "#tests/setup/s3-server.ts";
import { bytesOf, digestOf, manyLines, textOf } from "./bytes.ts";

type Opened = { storage: Storage; close: () => Promise<void> | void };

function openLocal(): Opened {
  const directory = mkdtempSync(path.join(tmpdir(), "batchmark-storage-"));
  return {
    storage: createLocalStorage(directory),
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** BATCHMARK_TEST_S3_ENDPOINT names a real store with a bucket `batchmark`; else it is a small one of our own. */
async function openS3(): Promise<Opened> {
  const endpoint = process.env["BATCHMARK_TEST_S3_ENDPOINT"];
  if (endpoint) return { storage: s3(endpoint), close: () => {} };
  process.env["AWS_ACCESS_KEY_ID"] = "test";
  process.env["AWS_SECRET_ACCESS_KEY"] = "test";
  const server = await startS3Server("batchmark");
  return { storage: s3(server.url), close: server.close };
}

const s3 = (endpoint: string) => createS3Storage({ bucket: "batchmark", region: "us-east-1", endpoint });

describe.each([
  { name: "the local folder", open: openLocal },
  { name: "S3", open: openS3 },
])("$name", ({ open }) => {
  let opened: Opened;
  let storage: Storage;
  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
  });
  afterAll(() => opened?.close());

  it("writes, measures, reads whole and in part, and removes", async () => {
    const key = "results/job_1.jsonl";
    expect(await storage.write(key, bytesOf("first\n", "second\n"))).toEqual({ sizeBytes: 13 });
    expect(await storage.sizeBytes(key)).toBe(13);
    expect(await textOf(storage.read(key))).toBe("first\nsecond\n");
    expect(await textOf(storage.read(key, { offsetBytes: 6, lengthBytes: 6 }))).toBe("second");
    expect(await textOf(storage.read(key, { offsetBytes: 6, lengthBytes: 600 }))).toBe("second\n");
    expect(await textOf(storage.read(key, { offsetBytes: 600, lengthBytes: 6 }))).toBe("");
    expect(await textOf(storage.read(key, { offsetBytes: 6, lengthBytes: 0 }))).toBe("");
    await storage.remove(key);
    expect(await storage.sizeBytes(key)).toBeNull();
    await storage.remove(key);
  });

  it("replaces what stands under a key", async () => {
    await storage.write("results/job_2.jsonl", bytesOf("a longer first version"));
    await storage.write("results/job_2.jsonl", bytesOf("second"));
    expect(await textOf(storage.read("results/job_2.jsonl"))).toBe("second");
  });

  it("keeps an empty file", async () => {
    expect(await storage.write("results/empty.jsonl", bytesOf())).toEqual({ sizeBytes: 0 });
    expect(await storage.sizeBytes("results/empty.jsonl")).toBe(0);
    expect(await textOf(storage.read("results/empty.jsonl"))).toBe("");
  });

  it("brings 40 MB there and back byte for byte", async () => {
    const sent = createHash("sha256");
    const { sizeBytes } = await storage.write("results/large.jsonl", manyLines(40_000_000, sent));
    expect(sizeBytes).toBeGreaterThanOrEqual(40_000_000);
    expect(await digestOf(storage.read("results/large.jsonl"))).toBe(sent.digest("hex"));
    await storage.remove("results/large.jsonl");
  });

  it.each([{ sizeBytes: 10 }, { sizeBytes: 20_000_000 }])(
    "keeps the old file when a stream breaks after $sizeBytes bytes, and says what broke it",
    async ({ sizeBytes }) => {
      await storage.write("results/job_3.jsonl", bytesOf("whole"));
      const broken = async function* () {
        yield* manyLines(sizeBytes);
        throw new Error("cut off");
      };
      await expect(storage.write("results/job_3.jsonl", broken())).rejects.toThrow("cut off");
      expect(await textOf(storage.read("results/job_3.jsonl"))).toBe("whole");
    },
  );

  it("can be left in the middle of a read", async () => {
    await storage.write("results/job_4.jsonl", manyLines(3_000_000));
    for await (const part of storage.read("results/job_4.jsonl")) {
      expect(part.byteLength).toBeGreaterThan(0);
      break;
    }
    expect(await storage.sizeBytes("results/job_4.jsonl")).toBeGreaterThanOrEqual(3_000_000);
  });

  it("says that a missing file is missing", async () => {
    await expect(textOf(storage.read("results/none.jsonl"))).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(["../outside", "results/../../outside", "/etc/passwd", "Results/x", "a//b", ""])(
    "refuses the key %j",
    async (key) => {
      await expect(storage.sizeBytes(key)).rejects.toThrow("not a storage key");
      await expect(storage.write(key, bytesOf("x"))).rejects.toThrow("not a storage key");
      await expect(textOf(storage.read(key))).rejects.toThrow("not a storage key");
      await expect(storage.remove(key)).rejects.toThrow("not a storage key");
    },
  );
});
