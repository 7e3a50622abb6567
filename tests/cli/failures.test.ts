import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { serve } from "#tests/providers/support.ts";
import { openCommandWorld, parseReports, type CommandWorld } from "./command-world.ts";

let world: CommandWorld;

beforeAll(async () => {
  // Slow enough that a command can be stopped in the middle of its work.
  world = await openCommandWorld({ latencyMs: 40 });
});
afterAll(() => world.close());

const create = (provider: ProviderId, ...more: string[]) => [
  "--provider",
  provider,
  "--action",
  "create_jobs",
  ...more,
];

const countAll = async (provider: ProviderId) => (await world.createdBatches(provider)).length;

const linesOf = (stdout: string) => stdout.split("\n").length - 1;

describe("a stopped command", () => {
  it.each(providerIds)(
    "leaves every job of %s that was created in the file when Ctrl-C stops it",
    async (provider) => {
      const before = await countAll(provider);
      const file = `interrupted-${provider}.jsonl`;
      let isStopped = false;
      const { exitCode, stdout, stderr } = await world.run(
        create(provider, "--num_jobs", "300", "--concurrency", "4", "--output_file", file),
        {
          onOutput: (child, seen) => {
            if (isStopped || linesOf(seen) < 5) return;
            // Twice, as one Ctrl-C arrives under npm.
            isStopped = child.kill("SIGINT") && child.kill("SIGINT");
          },
        },
      );
      expect(exitCode).toBe(130);
      const reports = world.readReports(file);
      const batches = (await world.createdBatches(provider)).slice(0, (await countAll(provider)) - before);
      expect(reports.map((report) => report.job_id).toSorted()).toEqual(
        batches.map(({ id }) => id).toSorted(),
      );
      expect(reports).toEqual(parseReports(stdout));
      expect(reports.length).toBeGreaterThanOrEqual(5);
      expect(reports.length).toBeLessThan(300);
      expect(stderr).toContain(`${reports.length} of 300 jobs created`);
    },
  );

  it("leaves a whole line for every job that it had told of when it is killed, and the next run goes on in the file", async () => {
    const file = "killed.jsonl";
    const before = await countAll("openai");
    const { exitCode, stdout } = await world.run(
      create("openai", "--num_jobs", "300", "--concurrency", "4", "--output_file", file),
      { onOutput: (child, seen) => linesOf(seen) >= 5 && child.kill("SIGKILL") },
    );
    expect(exitCode).toBeNull();
    const reports = world.readReports(file);
    expect(reports.slice(0, linesOf(stdout))).toEqual(parseReports(stdout));
    const lost = (await countAll("openai")) - before - reports.length;
    // Only what was in the air at that moment, one for each call at the same time; a check of recent jobs finds it.
    expect(lost).toBeLessThanOrEqual(4);
    world.advance(60);
    const check = await world.run([
      "--provider",
      "openai",
      "--action",
      "check_jobs_from_file",
      "--state_file",
      file,
      "--output_file",
      file,
    ]);
    expect(check.exitCode).toBe(0);
    expect(linesOf(check.stdout)).toBe(reports.length);
    expect(world.readReports(file)).toEqual([...reports, ...parseReports(check.stdout)]);
  });
});

describe("money", () => {
  it("is not paid twice when the answers to creations are lost", async () => {
    const lose = async (provider: ProviderId) => {
      const before = await countAll(provider);
      await world.addFault({ kind: "close-after", provider, endpoint: "batches.create", times: 2 });
      const { exitCode, stdout, stderr } = await world.run(create(provider, "--num_jobs", "5"));
      const reports = parseReports(stdout);
      expect(exitCode).toBe(0);
      expect(stderr.match(/Looking whether the job was created/g)).toHaveLength(2);
      expect(new Set(reports.map((report) => report.job_id)).size).toBe(5);
      expect((await countAll(provider)) - before).toBe(5);
    };
    await Promise.all(providerIds.map(lose));
  });

  it("is asked for again when nothing had been created", async () => {
    const before = await countAll("anthropic");
    await world.addFault({
      kind: "close-before",
      provider: "anthropic",
      endpoint: "batches.create",
      times: 1,
    });
    await world.addFault({
      kind: "rate-limit",
      provider: "anthropic",
      endpoint: "batches.create",
      times: 2,
      seconds: 1,
    });
    const { exitCode, stdout } = await world.run(create("anthropic", "--num_jobs", "3"));
    expect(exitCode).toBe(0);
    expect(parseReports(stdout)).toHaveLength(3);
    expect((await countAll("anthropic")) - before).toBe(3);
  });

  it("is not spent where the reports cannot be written", async (test) => {
    const locked = path.join(world.directory, "locked");
    mkdirSync(locked);
    chmodSync(locked, 0o555);
    // The permissions of a folder do not hold for root; another user is the one who cannot write.
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    if (uid !== undefined && spawnSync(process.execPath, ["--version"], { uid }).status !== 0) {
      test.skip("This machine lets nobody else run Node.");
    }
    const before = await countAll("openai");
    const { exitCode, stdout, stderr } = await world.run(create("openai"), { directory: locked, uid });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/The report file .*locked.* cannot be written: EACCES.*--output_file/);
    expect(await countAll("openai")).toBe(before);
  });

  it("is not spent on after the provider has refused one job", async () => {
    let creationCount = 0;
    const url = await serve((request, response) => {
      if (request.method === "POST") creationCount += 1;
      request.resume();
      const reply = { error: { type: "invalid_request_error", message: "model: no such model" } };
      const [status, body] = request.method === "POST" ? [400, reply] : [200, { data: [], has_more: false }];
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    const { exitCode, stdout, stderr } = await world.run(
      create("anthropic", "--num_jobs", "50", "--concurrency", "2"),
      { environment: { ANTHROPIC_BASE_URL: url } },
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(
      "Job 1 of 50 was not created. Anthropic refused the request (400): model: no such model.",
    );
    expect(stderr).toContain("0 of 50 jobs created");
    expect(creationCount).toBeLessThanOrEqual(2);
  });
});

describe("a wrong call", () => {
  it.each<[string, string[], RegExp]>([
    ["no action", ["--provider", "openai"], /Name at least one --action/],
    ["an unknown action", ["--provider", "openai", "--action", "create"], /no action "create".*create_jobs/],
    ["no provider", ["--action", "create_jobs"], /Name the --provider for create_jobs/],
    [
      "an unknown provider",
      ["--provider", "mistral", "--action", "create_jobs"],
      /no provider "mistral".*anthropic/,
    ],
    [
      "a misspelt flag",
      ["--provider", "openai", "--num_job", "2"],
      /no flag --num_job\. Did you mean --num_jobs/,
    ],
    ["no number", [...create("openai"), "--num_jobs", "ten"], /--num_jobs must be a whole number from 1/],
    ["too many", [...create("openai"), "--num_jobs", "0"], /--num_jobs must be a whole number from 1/],
    ["no value", [...create("openai"), "--model"], /--model needs a value/],
    ["no job", ["--provider", "openai", "--action", "cancel_job"], /Name the job for cancel_job: --job_id/],
    [
      "no file",
      ["--provider", "openai", "--action", "check_jobs_from_file"],
      /Name at least one report file/,
    ],
    ["another task", [...create("openai"), "--task", "embedding"], /--task embedding is not supported/],
    [
      "too many requests in a job",
      [...create("openai"), "--requests_per_job", "60000"],
      /at most 50,000 requests/,
    ],
    ["no prompts", [...create("openai"), "--prompts", "nowhere.txt"], /The prompts cannot be read/],
  ])("with %s ends with exit code 2 and does nothing", async (_what, args, message) => {
    const before = world.reportFiles().length;
    const { exitCode, stdout, stderr } = await world.run(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(world.reportFiles()).toHaveLength(before);
  });

  it.each(providerIds)("without the key of %s names the variable", async (provider) => {
    const variable = { openai: "OPENAI_API_KEY", google: "GOOGLE_API_KEY", anthropic: "ANTHROPIC_API_KEY" }[
      provider
    ];
    const { exitCode, stderr } = await world.run(create(provider), { environment: { [variable]: "" } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(variable);
  });

  it("is helped by --help, which needs no key", async () => {
    const { exitCode, stdout } = await world.run(["--help"], { environment: { OPENAI_API_KEY: "" } });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Examples:");
    for (const flag of ["--num_jobs", "--state_file", "--enable_download_results", "--interval", "--url"]) {
      expect(stdout).toContain(flag);
    }
  });

  it("with a wrong key tells the refusal, without the key", async () => {
    const { exitCode, stdout, stderr } = await world.run(create("openai"), {
      environment: { OPENAI_API_KEY: "invalid" },
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("OpenAI refused the key (401)");
    expect(stderr).not.toContain("invalid_");
  });

  it("reads the key from .env in the folder of the user", async () => {
    const folder = path.join(world.directory, "with-env");
    mkdirSync(folder);
    writeFileSync(path.join(folder, ".env"), `OPENAI_API_KEY=from-file\n`);
    const { exitCode, stderr } = await world.run(["--provider", "openai", "--action", "list_models"], {
      directory: folder,
      withoutEnvironment: ["OPENAI_API_KEY"],
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });
});

describe("a job that nobody knows", () => {
  const unknownIds: Record<ProviderId, string> = {
    openai: "batch_6b0a11c2f0d88190aa11bb22cc33dd44",
    google: "batches/q7w2e9r4t1y8u5i3o6p0a1s2d3f4g5h6j7k8",
    anthropic: "msgbatch_01Kd8Wq2Zx5Cv7Bn9Ml1Pt3R",
  };

  it.each(providerIds)("of %s is told, whatever is to be done with it", async (provider) => {
    const jobId = unknownIds[provider];
    for (const action of ["check_single_job", "cancel_job", "delete_job", "download_results"]) {
      const { exitCode, stdout, stderr } = await world.run([
        "--provider",
        provider,
        "--action",
        action,
        "--job_id",
        jobId,
        "--enable_download_results",
      ]);
      expect({ action, exitCode, stdout }).toEqual({ action, exitCode: 1, stdout: "" });
      expect(stderr).toMatch(/does not know this \(404\)/);
    }
  });

  it("in a state file keeps its line, and the others are checked", async () => {
    const [created] = parseReports((await world.run(create("openai", "--num_jobs", "1"))).stdout);
    const file = path.join(world.directory, "unknown.jsonl");
    writeFileSync(
      file,
      `${JSON.stringify({ ...created, job_id: unknownIds.openai, service_reported_details: null })}\n${JSON.stringify(created)}\n`,
    );
    world.advance(60);
    const { exitCode, stdout, stderr } = await world.run([
      "--provider",
      "openai",
      "--action",
      "check_jobs_from_file",
      "--state_file",
      file,
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(unknownIds.openai);
    expect(
      Object.fromEntries(parseReports(stdout).map((report) => [report.job_id, report.user_assigned_status])),
    ).toEqual({ [unknownIds.openai]: "IN_PROGRESS", [created?.job_id ?? ""]: "SUCCEEDED" });
  });
});

describe("a state file", () => {
  it("with garbage has its bad lines told by number and reason, and its good ones checked", async () => {
    const good = parseReports((await world.run(create("openai", "--num_jobs", "2"))).stdout);
    const file = path.join(world.directory, "garbage.jsonl");
    const garbage = path.join(import.meta.dirname, "..", "fixtures", "reports", "garbage.jsonl");
    copyFileSync(garbage, file);
    const lines = `${readFileSync(file, "utf8").trimEnd()}\n${good.map((report) => JSON.stringify(report)).join("\n")}\n`;
    writeFileSync(file, lines);
    const { exitCode, stdout, stderr } = await world.run([
      "--provider",
      "openai",
      "--action",
      "check_jobs_from_file",
      "--state_file",
      file,
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${file}, line 2: This is not a JSON object.`);
    expect(stderr).toContain(`${file}, line 3: This object is cut off`);
    expect(stderr).toContain(`${file}, line 6: Its provider is "mistral"`);
    expect(
      parseReports(stdout)
        .map((report) => report.job_id)
        .toSorted(),
    ).toEqual(good.map((report) => report.job_id).toSorted());
  });

  it("with jobs of another provider leaves those out and says how to check them", async () => {
    const all = [
      ...parseReports((await world.run(create("openai", "--num_jobs", "1"))).stdout),
      ...parseReports((await world.run(create("google", "--num_jobs", "2"))).stdout),
    ];
    const file = path.join(world.directory, "mixed.jsonl");
    writeFileSync(file, all.map((report) => `${JSON.stringify(report)}\n`).join(""));
    const { exitCode, stdout, stderr } = await world.run([
      "--provider",
      "openai",
      "--action",
      "check_jobs_from_file",
      "--state_file",
      file,
    ]);
    expect(exitCode).toBe(0);
    expect(parseReports(stdout).map((report) => report.provider)).toEqual(["openai"]);
    expect(stderr).toContain("2 open jobs of google left out: check them with --provider google.");
  });

  it("that is not there is told", async () => {
    const { exitCode, stderr } = await world.run([
      "--provider",
      "openai",
      "--action",
      "check_jobs_from_file",
      "--state_file",
      "nowhere.jsonl",
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/The report file .*nowhere\.jsonl cannot be read/);
  });
});
