import "server-only";
import { readConfig } from "#lib/config.ts";
import { composeContext, type ComposedContext } from "#lib/compose-context.ts";
import type { AppContext } from "#lib/context.ts";
import { startEngine, type Engine } from "#lib/engine/engine.ts";
import { stopWithProcess } from "#lib/stop-with-process.ts";

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
  stopWithProcess(composed, engine);
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
