import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { z } from "zod";
import {
  chooseServerUser,
  chooseTemporaryRoot,
  copyPostgresBinaries,
  findPostgresBinaries,
} from "./postgres-binaries.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The server for the tests that run on PostgreSQL; each test file makes its own database on it. */
    postgresUrl: string;
  }
}

/** A PostgreSQL server for tests. `url` names its maintenance database. */
export type TestPostgres = {
  url: string;
  stop: () => Promise<void>;
  /** Stops it, which breaks every connection, and starts it again; null for a server that is not ours. */
  restart: (() => Promise<void>) | null;
};

const serverScript = fileURLToPath(new URL("postgres-server.mjs", import.meta.url));
const answerSchema = z.union([z.object({ port: z.number() }), z.object({ error: z.string() })]);

/**
 * Starts a throw-away PostgreSQL server on a free local port, or takes the one named by BATCHMARK_TEST_DATABASE_URL.
 * `stop` ends it and removes its files; both also happen when this process dies.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const named = process.env["BATCHMARK_TEST_DATABASE_URL"];
  if (named) return { url: named, stop: async () => {}, restart: null };
  const user = chooseServerUser();
  const binaries = findPostgresBinaries();
  const workDirectory = mkdtempSync(path.join(chooseTemporaryRoot(user), "batchmark-postgres-"));
  chmodSync(workDirectory, user === null ? 0o700 : 0o755);
  const binDirectory = binaries.packageDirectory
    ? copyPostgresBinaries(binaries.packageDirectory, path.join(workDirectory, "native"))
    : binaries.binDirectory;
  return superviseServer({ binDirectory, workDirectory, user });
}

async function superviseServer(plan: object): Promise<TestPostgres> {
  const supervisor = spawn(process.execPath, [serverScript, JSON.stringify(plan)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => supervisor.once("exit", () => resolve()));
  const stop = (): Promise<void> => {
    supervisor.stdin.end();
    return ended;
  };
  const lines = createInterface({ input: supervisor.stdout });
  const nextAnswer = async () => {
    const line = await new Promise<string>((resolve) => {
      lines.once("line", resolve);
      lines.once("close", () => resolve('{"error":"the PostgreSQL server ended at once"}'));
    });
    const answer = answerSchema.parse(JSON.parse(line));
    if ("port" in answer) return answer.port;
    await stop();
    throw new Error(answer.error);
  };
  const port = await nextAnswer();
  const restart = async () => {
    const answered = nextAnswer();
    supervisor.stdin.write("restart\n");
    await answered;
  };
  return { url: `postgres://batchmark@127.0.0.1:${port}/postgres`, stop, restart };
}

/** Vitest's global setup of the project `postgres`. */
export default async function setUpPostgres(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  project.provide("postgresUrl", server.url);
  return server.stop;
}
