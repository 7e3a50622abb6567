import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  openCommandWorld,
  runProcess,
  type CommandRun,
  type CommandWorld,
  type RunOptions,
} from "./command-world.ts";

/** `script` of util-linux gives a command a terminal of its own; elsewhere it is another program or missing. */
const hasScript = /util-linux/.test(spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "");

describe.skipIf(!hasScript)("on a terminal", () => {
  let world: CommandWorld;

  beforeAll(async () => {
    world = await openCommandWorld();
  });
  afterAll(() => world.close());

  /** Runs the command on a pseudo-terminal of 100 columns; both of its streams come out together. */
  function onTerminal(args: string[], options: Pick<RunOptions, "onOutput"> = {}): Promise<CommandRun> {
    const quoted = [process.execPath, world.bin, ...args].map((word) => `'${word}'`).join(" ");
    return runProcess("script", ["-qefc", `stty cols 160 rows 12; exec ${quoted}`, "/dev/null"], {
      directory: world.directory,
      environment: { ...world.environment, TERM: "xterm" },
      ...options,
    });
  }

  it("shows created jobs as a table and counts while it works", async () => {
    const { exitCode, stdout } = await onTerminal([
      "--provider",
      "openai",
      "--action",
      "create_jobs",
      "--num_jobs",
      "3",
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Created 3 of 3 jobs");
    expect(stdout).toMatch(/JOB +STATUS +SERVICE STATUS +MODEL/);
    expect(stdout.match(/^batch_\w+ +IN_PROGRESS +validating +gpt-4o-mini/gm)).toHaveLength(3);
    expect(stdout).not.toContain('{"provider"');
  });

  it("prints JSON lines there too when it is told to", async () => {
    const { exitCode, stdout } = await onTerminal([
      "--provider",
      "openai",
      "--action",
      "create_jobs",
      "--num_jobs",
      "1",
      "--json",
    ]);
    expect(exitCode).toBe(0);
    const line = stdout.split(/\r\n|\r/).find((part) => part.includes('{"provider"'));
    expect(JSON.parse((line ?? "").slice((line ?? "").indexOf("{")))).toMatchObject({ provider: "openai" });
  });

  it("keeps a live table until all watched jobs have ended, cut to the height of the terminal", async () => {
    const file = "watched.jsonl";
    await world.run([
      "--provider",
      "google",
      "--action",
      "create_jobs",
      "--num_jobs",
      "10",
      "--output_file",
      file,
    ]);
    let hasAdvanced = false;
    const { exitCode, stdout } = await onTerminal(
      ["--provider", "google", "--action", "watch_jobs", "--state_file", file, "--interval", "1"],
      {
        onOutput: (_child, seen) => {
          if (!hasAdvanced && seen.includes("10 of 10 jobs in progress")) {
            hasAdvanced = true;
            world.advance(60);
          }
        },
      },
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\u2026 and 3 more/);
    // Drawn over the lines of the round before.
    expect(stdout).toContain("A\u001B[J");
    expect(stdout).toContain("All jobs have ended");
    expect(stdout).toContain("10 of 10 jobs ended");
  });

  it("shows a summary and models in columns", async () => {
    const files = readdirSync(world.directory).filter((name) => name.includes("google_job_reports"));
    const summary = await onTerminal(["--action", "summary", ...files]);
    expect(summary.stdout).toMatch(/^provider +jobs +IN_PROGRESS +SUCCEEDED .*median +p90 +p95/m);
    expect(summary.stdout).toMatch(/^google +10 +0 +10 .* s +[\d.]+ s/m);
    const models = await onTerminal(["--provider", "anthropic", "--action", "list_models"]);
    expect(models.stdout).toMatch(/^model +name +retires_on/m);
    expect(models.stdout).not.toContain("\t");
  });

  it("tells troubles in words and ends with exit code 1", async () => {
    const { exitCode, stdout } = await onTerminal([
      "--provider",
      "openai",
      "--action",
      "check_single_job",
      "--job_id",
      "batch_nobody",
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/batchmark: OpenAI does not know this \(404\)/);
    expect(stdout).not.toMatch(/\n\s+at /);
  });
});
