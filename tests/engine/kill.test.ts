import { inject, expect, it } from "vitest";
import { createTestDatabase } from "#tests/setup/test-database.ts";
import { problemsOfRun, runKills } from "#tests/chaos/kill-run.ts";

const isOnPostgres = process.env["BATCHMARK_TEST_DB"] === "postgres";
const seed = Number(process.env["BATCHMARK_KILL_SEED"] ?? "7");
const limits = { endsWithinSeconds: 400 };

it.runIf(!isOnPostgres).each([
  { name: "with providers that answer", faultSecondsAfterKills: null, killCount: 5 },
  { name: "with 30 % of all calls going wrong", faultSecondsAfterKills: 5, killCount: 4 },
])(
  "an engine killed again and again loses no job and pays for none twice, $name",
  { timeout: 550_000 },
  async ({ faultSecondsAfterKills, killCount }) => {
    const report = await runKills({ seed, killCount, databaseUrl: null, faultSecondsAfterKills, ...limits });
    expect(problemsOfRun(report), `seed ${seed}`).toEqual([]);
  },
);

it.runIf(isOnPostgres)(
  "two engines on one database, killed in turn, lose no job and pay for none twice",
  { timeout: 550_000 },
  async () => {
    const database = await createTestDatabase(inject("postgresUrl"));
    try {
      const run = { seed, killCount: 6, databaseUrl: database.url, faultSecondsAfterKills: null, ...limits };
      expect(problemsOfRun(await runKills(run)), `seed ${seed}`).toEqual([]);
    } finally {
      await database.drop();
    }
  },
);
