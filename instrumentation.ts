/** Runs once when the server process starts: opens the database and starts the engine. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startServer } = await import("#lib/start-server.ts");
    await startServer();
  }
}
