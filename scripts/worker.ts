import { composeContext } from "#lib/compose-context.ts";
import { readConfig } from "#lib/config.ts";
import { messageOf } from "#lib/domain/errors.ts";
import { startEngine } from "#lib/engine/engine.ts";
import { stopWithProcess } from "#lib/stop-with-process.ts";

/** An engine without web server. It shares the work with every other process on the same PostgreSQL. */
async function main(): Promise<void> {
  const config = readConfig();
  if (!config.databaseUrl) {
    throw new Error(
      "A worker needs DATABASE_URL: the embedded database serves one process only. Set it to a PostgreSQL server, or use npm start alone.",
    );
  }
  if (config.usesEmbeddedSandbox) {
    throw new Error(
      "A worker needs providers that it shares with the other processes, and the embedded sandbox serves one process only. Set a key, or run npm run sandbox and set keys and base URLs to it (see compose.yaml).",
    );
  }
  const composed = await composeContext(config);
  stopWithProcess(composed, await startEngine(composed.context));
  composed.context.log.info("worker ready");
}

main().catch((error: unknown) => {
  process.stderr.write(`\nThe worker could not start. ${messageOf(error)}\n\n`);
  process.exit(1);
});
