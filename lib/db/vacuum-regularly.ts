import type { PGlite } from "@electric-sql/pglite";

const intervalMs = 5 * 60_000;
const tables = ["jobs", "request_results"] as const;

/**
 * PostgreSQL clears away old row versions and counts its rows by itself; PGlite has no process that could. Without it
 * the files only grow, and a list of 100,000 jobs takes three times as long, because no index can answer alone.
 * Runs once now and then at intervals. The returned function ends it and waits for the one under way.
 */
export async function vacuumRegularly(
  pglite: PGlite,
  onError: (error: Error) => void,
): Promise<() => Promise<void>> {
  let running = vacuum(pglite, onError);
  await running;
  const timer = setInterval(() => {
    running = running.then(() => vacuum(pglite, onError));
  }, intervalMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function vacuum(pglite: PGlite, onError: (error: Error) => void): Promise<void> {
  try {
    for (const table of tables) await pglite.exec(`vacuum (analyze) ${table}`);
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)));
  }
}
