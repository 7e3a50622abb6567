import { composeContext } from "#lib/compose-context.ts";
import { readConfig } from "#lib/config.ts";
import { messageOf } from "#lib/domain/errors.ts";
import { startEngine } from "#lib/engine/engine.ts";

const stopGraceSeconds = 8;

/** An engine without web server. It shares the work with every other process on the same PostgreSQL. */
async function main(): Promise<void> {
  const config = readConfig();
  if (!config.databaseUrl) {
    throw new Error(
      "A worker needs DATABASE_URL: the embedded database serves one process only. Set it to a PostgreSQL server, or use npm start alone.",
    );
  }
  const { context, close } = await composeContext(config);
  const engine = await startEngine(context);
  context.log.info("worker ready");
  const stop = () => {
    engine
      .stop(stopGraceSeconds)
      .then(close)
      .catch((error: unknown) => context.log.error({ message: messageOf(error) }, "stopped with an error"))
      .finally(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`\nThe worker could not start. ${messageOf(error)}\n\n`);
  process.exit(1);
});
