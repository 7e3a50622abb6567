import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { withoutAccounts } from "#tests/setup/without-accounts.ts";

const script = fileURLToPath(new URL("../../scripts/worker.ts", import.meta.url));

function runWorker(environment: Record<string, string>): Promise<{ exitCode: number | null; said: string }> {
  const worker = spawn(process.execPath, [script], {
    env: { ...process.env, ...withoutAccounts, BATCHMARK_SANDBOX: "", ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  worker.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => worker.once("close", (exitCode) => resolve({ exitCode, said })));
}

it("does not start without a database that it can share", async () => {
  const { exitCode, said } = await runWorker({});
  expect(exitCode).toBe(1);
  expect(said).toContain("A worker needs DATABASE_URL");
});

it("does not start on an embedded sandbox, whose jobs no other process would find", async () => {
  const { exitCode, said } = await runWorker({ DATABASE_URL: "postgres://127.0.0.1:1/none" });
  expect(exitCode).toBe(1);
  expect(said).toContain("the embedded sandbox serves one process only");
});
