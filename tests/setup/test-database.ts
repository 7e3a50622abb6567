import { randomUUID } from "node:crypto";
import pg from "pg";

/** A database of its own for one test file. `drop` removes it with everything in it. */
export type TestDatabase = { url: string; drop: () => Promise<void> };

/**
 * Makes an empty database on the server at `serverUrl`, or a copy of `template`, a database to which nobody is connected.
 * In a Vitest file of the project `postgres`: `createTestDatabase(inject("postgresUrl"))`.
 */
export async function createTestDatabase(serverUrl: string, template?: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const clause = template ? ` TEMPLATE ${pg.escapeIdentifier(template)}` : "";
  await runOnServer(serverUrl, `CREATE DATABASE ${pg.escapeIdentifier(name)}${clause}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => runOnServer(serverUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  };
}

async function runOnServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
