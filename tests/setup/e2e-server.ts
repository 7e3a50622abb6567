import { removeDataDirectory, startProductionServer } from "./production-server.ts";

/** Playwright's global setup: one production server with a fresh database and an instant sandbox for all tests. */
export default async function setUpServer(): Promise<() => Promise<void>> {
  const server = await startProductionServer();
  // Playwright reads its configuration again in each worker, which inherits this variable.
  process.env["BATCHMARK_E2E_URL"] = server.url;
  return async () => {
    await server.stop();
    removeDataDirectory(server.dataDirectory);
  };
}
