import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createS3Storage } from "#lib/storage/s3-storage.ts";
import { startS3Server, type S3TestServer } from "#tests/setup/s3-server.ts";
import { bytesOf, manyLines, textOf } from "./bytes.ts";

let server: S3TestServer;
const key = "results/job_1.jsonl";

beforeAll(async () => {
  process.env["AWS_ACCESS_KEY_ID"] = "test";
  process.env["AWS_SECRET_ACCESS_KEY"] = "test";
  server = await startS3Server("batchmark");
});
beforeEach(() => {
  server.refuse = () => null;
  server.keepAtMostBytes = Infinity;
  server.objects.clear();
});
afterAll(() => server.close());

function open(bucket = "batchmark", endpoint = server.url) {
  return createS3Storage({ bucket, region: "us-east-1", endpoint });
}

it("sends large files in parts", async () => {
  const before = server.partCount;
  await open().write(key, manyLines(20_000_000));
  expect(server.partCount - before).toBe(3);
  expect(server.openUploads()).toBe(0);
});

it("leaves no part behind when the stream breaks", async () => {
  const broken = async function* () {
    yield* manyLines(20_000_000);
    throw new Error("cut off");
  };
  await expect(open().write(key, broken())).rejects.toThrow("cut off");
  expect(server.openUploads()).toBe(0);
  expect(server.objects.size).toBe(0);
});

it("leaves no part behind when the store refuses one for good", async () => {
  server.refuse = ({ isPart, method }) =>
    isPart && method === "PUT" && server.partCount % 2 === 1
      ? { status: 507, code: "InsufficientStorage" }
      : null;
  await expect(open().write(key, manyLines(40_000_000))).rejects.toMatchObject({
    code: "limit",
    message: expect.stringContaining("no room in the bucket batchmark"),
  });
  expect(server.openUploads()).toBe(0);
  expect(server.objects.size).toBe(0);
});

it("tries again when the store stumbles", async () => {
  let stumbles = 2;
  server.refuse = ({ method }) =>
    method === "PUT" && stumbles-- > 0 ? { status: 503, code: "SlowDown" } : null;
  expect(await open().write(key, bytesOf("kept"))).toEqual({ sizeBytes: 4 });
});

it("takes nothing for kept that the store kept only in part", async () => {
  const storage = open();
  server.keepAtMostBytes = 3;
  await expect(storage.write(key, bytesOf("all of it"))).rejects.toMatchObject({
    code: "storage",
    message: expect.stringContaining("3 of 9 bytes"),
  });
  expect(server.objects.size).toBe(0);
});

it("says what to do when the bucket is missing, the key refused, or the store away", async () => {
  await expect(open("elsewhere").write(key, bytesOf("x"))).rejects.toMatchObject({
    code: "storage",
    message: expect.stringContaining("BATCHMARK_S3_BUCKET"),
  });
  server.refuse = () => ({ status: 403, code: "InvalidAccessKeyId" });
  await expect(textOf(open().read(key))).rejects.toMatchObject({
    code: "storage",
    message: expect.stringContaining("AWS_ACCESS_KEY_ID"),
  });
  const away = await startS3Server("batchmark");
  await away.close();
  await expect(open("batchmark", away.url).write(key, bytesOf("x"))).rejects.toMatchObject({
    code: "storage",
    message: expect.stringContaining("BATCHMARK_S3_ENDPOINT"),
  });
});
