import { parseArgs } from "node:util";
import { createTestDatabase } from "#tests/setup/test-database.ts";
import { startTestPostgres } from "#tests/setup/postgres.ts";
import { problemsOfRun, runKills, type KillRun } from "./kill-run.ts";

const killsPerRun = 10;
const endsWithinSeconds = 600;

const forms = [
  { name: "one engine, embedded database", onPostgres: false, withFaults: false },
  { name: "one engine, embedded database, 30 % faults", onPostgres: false, withFaults: true },
  { name: "two engines on PostgreSQL", onPostgres: true, withFaults: false },
  { name: "two engines on PostgreSQL, 30 % faults", onPostgres: true, withFaults: true },
];

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "200" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    form: { type: "string" },
  },
});

/** Kills engines in the middle of their work until `rounds` kills have been survived, dealt out to all forms. */
async function main(): Promise<number> {
  const rounds = Number(values.rounds);
  const chosen = forms.filter(
    (_form, index) => values.form === undefined || String(index + 1) === values.form,
  );
  const server = await startTestPostgres();
  let killed = 0;
  let failedRuns = 0;
  try {
    for (let index = 0; killed < rounds; index += 1) {
      const form = chosen[index % chosen.length];
      if (!form) throw new Error("There is no such form; they are numbered from 1 to 4.");
      const killCount = Math.min(killsPerRun, rounds - killed);
      const seed = Number(values.seed) + index;
      const problems = await runForm(form, { seed, killCount }, server.url);
      killed += killCount;
      if (problems.length > 0) failedRuns += 1;
      process.stdout.write(`${killed} of ${rounds} kills, ${form.name}, seed ${seed}: `);
      process.stdout.write(problems.length === 0 ? "as it should be\n" : `${problems.join("\n  ")}\n`);
    }
  } finally {
    await server.stop();
  }
  process.stdout.write(`\n${killed} kills survived, ${failedRuns} runs with problems.\n`);
  return failedRuns === 0 ? 0 : 1;
}

async function runForm(
  form: (typeof forms)[number],
  { seed, killCount }: Pick<KillRun, "seed" | "killCount">,
  serverUrl: string,
): Promise<string[]> {
  const database = form.onPostgres ? await createTestDatabase(serverUrl) : null;
  try {
    const databaseUrl = database?.url ?? null;
    const faultSecondsAfterKills = form.withFaults ? 60 : null;
    const report = await runKills({
      seed,
      killCount,
      databaseUrl,
      faultSecondsAfterKills,
      endsWithinSeconds,
    });
    process.stdout.write(`${report.seconds.toFixed(0)} s, `);
    return problemsOfRun(report);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    await database?.drop();
  }
}

process.exitCode = await main();
