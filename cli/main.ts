#!/usr/bin/env node
import * as nodeModule from "node:module";
import { helpText } from "./help.ts";
import { parseFlags } from "./parse-flags.ts";
import { UsageError } from "./usage-error.ts";

/** Help and wrong usage answer at once; everything that takes long to load is loaded for real work only. */
async function main(): Promise<void> {
  const parsed = parseFlags(process.argv.slice(2));
  if (parsed.flags.help || process.argv.length <= 2) {
    process.stdout.write(helpText());
    return;
  }
  // Node keeps what it has compiled for the next start; from version 22.8 on.
  nodeModule.enableCompileCache?.();
  const { runCommand } = await import("./run-command.ts");
  process.exitCode = await runCommand(parsed);
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`batchmark: ${error.message} See batchmark --help.\n`);
    return 2;
  }
  if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") {
    process.stderr.write(`batchmark: Its packages are missing. Run npm install first. (${error.message})\n`);
    return 1;
  }
  process.stderr.write(
    `batchmark: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 1;
}

main().catch((error: unknown) => {
  process.exitCode = explain(error);
});
