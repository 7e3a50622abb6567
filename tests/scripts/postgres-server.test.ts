import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { startTestPostgres } from "../setup/postgres.ts";
import { createTestDatabase } from "../setup/test-database.ts";

const temporaryRoot = mkdtempSync(path.join(tmpdir(), "batchmark-postgres-test-"));
chmodSync(temporaryRoot, 0o755);
afterAll(() => rmSync(temporaryRoot, { recursive: true, force: true }));

// A named server is not ours to start and stop.
test.skipIf(process.env["BATCHMARK_TEST_DATABASE_URL"])(
  "a killed test run leaves neither a PostgreSQL server nor its files behind",
  async () => {
    const setup = path.join(import.meta.dirname, "../setup/postgres.ts");
    const source = `const { startTestPostgres } = await import(${JSON.stringify(setup)});
      console.log((await startTestPostgres()).url);`;
    const run = spawn(process.execPath, ["--input-type=module", "--eval", source], {
      env: { ...process.env, TMPDIR: temporaryRoot },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // The server's keeper holds the same error stream, so the streams close when it has ended too.
    const closed = new Promise<void>((resolve) => run.once("close", () => resolve()));
    const url = await new Promise<string>((resolve) =>
      run.stdout.once("data", (line) => resolve(String(line))),
    );
    expect(url).toMatch(/^postgres:\/\/batchmark@127\.0\.0\.1:\d+\/postgres/);
    expect(readdirSync(temporaryRoot)).toHaveLength(1);

    run.kill("SIGKILL");
    await closed;

    expect(readdirSync(temporaryRoot)).toEqual([]);
  },
);

test("each test file gets a database of its own, which a template can fill", async () => {
  const server = await startTestPostgres();
  try {
    const first = await createTestDatabase(server.url);
    await query(first.url, "create table fruit as select 'pear' as name");
    const template = new URL(first.url).pathname.slice(1);
    const second = await createTestDatabase(server.url, template);
    expect(await query(second.url, "select name from fruit")).toEqual([{ name: "pear" }]);
    await Promise.all([first.drop(), second.drop()]);
  } finally {
    await server.stop();
  }
});

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
