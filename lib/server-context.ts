import "server-only";
import { readConfig } from "#lib/config.ts";
import { composeContext, type ComposedContext } from "#lib/compose-context.ts";
import type { AppContext } from "#lib/context.ts";
import { messageOf } from "#lib/domain/errors.ts";
import { startEngine, type Engine } from "#lib/engine/engine.ts";

type Server = ComposedContext & { engine: Engine | null };

/** Next loads modules several times in one process; the database must be opened once. */
const globalServer = globalThis as typeof globalThis & { batchmarkServer?: Promise<Server> };

/** The context of this server process, opened on first use and kept. */
export async function getContext(): Promise<AppContext> {
  return (await getServer()).context;
}

/** Opens the context and, unless `BATCHMARK_ENGINE=off`, starts the engine. A failed start is tried again next time. */
export function getServer(): Promise<Server> {
  globalServer.batchmarkServer ??= openServer().catch((error: unknown) => {
    delete globalServer.batchmarkServer;
    throw error;
  });
  return globalServer.batchmarkServer;
}

async function openServer(): Promise<Server> {
  const composed = await composeContext(readConfig());
  const { context } = composed;
  const engine = context.config.runsEngine ? await startEngine(context) : null;
  stopWithProcess({ ...composed, engine });
  context.log.info(
    {
      database: context.database.driver.kind,
      engine: engine !== null,
      sandbox: context.config.usesEmbeddedSandbox,
    },
    "ready",
  );
  return { ...composed, engine };
}

const stopGraceSeconds = 6;

/** SIGTERM and SIGINT finish or hand back what is in hand and close the database before the process ends. */
function stopWithProcess(server: Server): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    const forced = setTimeout(() => process.exit(1), (stopGraceSeconds + 1) * 1000);
    forced.unref();
    closeServer(server)
      .catch((error: unknown) =>
        server.context.log.error({ message: messageOf(error) }, "stopped with an error"),
      )
      .finally(() => process.exit(0));
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    // Next's own handler ends the process as soon as its connections are closed, in the middle of our work.
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
}

async function closeServer(server: Server): Promise<void> {
  await server.engine?.stop(stopGraceSeconds);
  await server.close();
}
