import { join } from "node:path";
import { parseArgs } from "node:util";
import { startSandbox } from "./server.ts";
import { SCENARIOS, type Scenario } from "./world/model.ts";

const USAGE = `Usage: sandbox [--port 4010] [--host 127.0.0.1] [--scenario instant|demo|realistic|chaos]
               [--seed 1] [--state-dir .batchmark/sandbox]`;

interface Arguments {
  readonly port: number;
  readonly host: string;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly stateDir: string;
}

function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      scenario: { type: "string", default: "demo" },
      seed: { type: "string", default: "1" },
      "state-dir": { type: "string", default: join(".batchmark", "sandbox") },
    },
  });
  const scenario = SCENARIOS.find((known) => known === values.scenario);
  if (scenario === undefined) throw new Error(`--scenario must be one of ${SCENARIOS.join(", ")}`);
  return {
    port: wholeNumber("--port", values.port, 65_535),
    host: values.host,
    scenario,
    seed: wholeNumber("--seed", values.seed, Number.MAX_SAFE_INTEGER),
    stateDir: values["state-dir"],
  };
}

function wholeNumber(name: string, text: string, maximum: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > maximum) {
    throw new Error(`${name} must be a whole number from 0 to ${maximum}`);
  }
  return value;
}

async function main(): Promise<void> {
  const sandbox = await startSandbox(readArguments(process.argv.slice(2)));
  process.stdout.write(`${JSON.stringify(sandbox.urls)}\n`);
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 1;
}
