import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { acquireProcessLock } from "#lib/db/process-lock.ts";

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "batchmark-lock-"));
  file = path.join(directory, "data", "db.lock");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it("lets one owner in, names it to the second, and lets the next in after release", () => {
  const lock = acquireProcessLock(file);
  expect(() => acquireProcessLock(file)).toThrow(new RegExp(`process ${process.pid}.*DATABASE_URL`));
  lock.release();
  expect(existsSync(file)).toBe(false);
  acquireProcessLock(file).release();
});

it.each([
  ["a process that is gone", JSON.stringify({ pid: 2 ** 22 + 7, startedAt: "1" })],
  [
    "a process id that was given out again",
    JSON.stringify({ pid: process.ppid, startedAt: "not its start" }),
  ],
  ["a crash while it was written", '{"pid":'],
])("takes over the lock of %s", (_what, content) => {
  acquireProcessLock(file).release();
  writeFileSync(file, content);
  const lock = acquireProcessLock(file);
  expect(readFileSync(file, "utf8")).toContain(`"pid":${process.pid}`);
  lock.release();
});
