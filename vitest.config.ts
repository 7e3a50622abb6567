import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { withoutAccounts } from "./tests/setup/without-accounts.ts";

/** The rooms whose tests run a second time, on a real PostgreSQL server. */
const roomsOnBothDatabases = ["tests/db/**/*.test.ts", "tests/engine/**/*.test.ts"];

export default defineConfig({
  resolve: {
    // The package throws outside a React server; its empty twin is what Next picks on the server.
    alias: { "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)) },
  },
  test: {
    // Two more than there are cores: many tests wait for processes, servers and leases.
    maxWorkers: availableParallelism() + 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    setupFiles: ["tests/setup/fixed-seed.ts"],
    env: withoutAccounts,
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["tests/**/*.test.{ts,tsx}"], env: { BATCHMARK_TEST_DB: "pglite" } },
      },
      {
        extends: true,
        test: {
          name: "postgres",
          include: roomsOnBothDatabases,
          env: { BATCHMARK_TEST_DB: "postgres" },
          globalSetup: ["tests/setup/postgres.ts"],
        },
      },
    ],
  },
});
