import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { providerIds } from "#lib/domain/provider-id.ts";
import { openCommandWorld, parseReports, type CommandWorld } from "./command-world.ts";

let world: CommandWorld;

beforeAll(async () => {
  world = await openCommandWorld();
});
afterAll(() => world.close());

/** The file that the last run says it has written. */
function fileOf(stderr: string): string {
  const file = /reports in (\S+\.jsonl)/.exec(stderr)?.[1];
  if (!file) throw new Error(`No report file is named in: ${stderr}`);
  return file;
}

describe.each(providerIds)("%s", (provider) => {
  it("creates 10 jobs of 1 request unless told otherwise, checks them to their end and then writes an empty file", async () => {
    const creation = await world.run(["--provider", provider, "--action", "create_jobs"]);
    expect(creation).toMatchObject({ exitCode: 0 });
    const file = fileOf(creation.stderr);
    expect(path.dirname(file)).toBe(world.directory);
    expect(path.basename(file)).toMatch(new RegExp(`^${provider}_job_reports_\\d{8}_\\d{6}\\.jsonl$`));
    expect(readFileSync(file, "utf8")).toBe(creation.stdout);
    const created = parseReports(creation.stdout);
    const batches = await world.createdBatches(provider);
    expect(batches.map(({ requests }) => requests)).toEqual(Array(10).fill(1));
    expect(created.map((report) => report.job_id).toSorted()).toEqual(batches.map(({ id }) => id).toSorted());
    for (const report of created) {
      expect(report).toMatchObject({
        provider,
        user_assigned_status: "IN_PROGRESS",
        latency_seconds: null,
        service_reported_details: { job_id: report.job_id, ended_at: null },
      });
      expect(report.service_reported_details.model).not.toBeNull();
    }

    world.advance(60);
    const check = await world.run([
      "--provider",
      provider,
      "--action",
      "check_jobs_from_file",
      "--state_file",
      file,
    ]);
    expect(check).toMatchObject({ exitCode: 0 });
    const ended = parseReports(check.stdout);
    expect(ended.map((report) => report.job_id).toSorted()).toEqual(batches.map(({ id }) => id).toSorted());
    for (const report of ended) {
      const { created_at, ended_at } = report.service_reported_details;
      const seconds = (Date.parse(ended_at ?? "") - Date.parse(created_at ?? "")) / 1000;
      expect(report.user_assigned_status).toBe("SUCCEEDED");
      expect(Math.abs((report.latency_seconds ?? -1) - seconds)).toBeLessThan(0.0051);
      expect(report.total_tokens).toBeGreaterThan(0);
      expect(created_at).toMatch(/\+00:00$/);
      expect(report.service_reported_details).toMatchObject({
        total_requests: 1,
        completed_requests: 1,
        failed_requests: 0,
      });
    }
    const endedFile = fileOf(check.stderr);
    expect(endedFile).not.toBe(file);

    const again = await world.run([
      "--provider",
      provider,
      "--action=check_jobs_from_file",
      "-state_file",
      endedFile,
    ]);
    expect(again).toMatchObject({ exitCode: 0, stdout: "" });
    expect(readFileSync(fileOf(again.stderr), "utf8")).toBe("");
  });

  it("creates as many jobs of as many requests of that model as it is told, with own prompts", async () => {
    writeFileSync(
      path.join(world.directory, "own.txt"),
      "Name a colour.\nName a river.\nName a [[sandbox:fail]] town.\n",
    );
    const { stdout, exitCode } = await world.run([
      "--provider",
      provider,
      "--action",
      "create_jobs",
      "--num_jobs",
      "2",
      "--requests_per_job",
      "3",
      "--prompts",
      "own.txt",
      "--max_tokens",
      "50",
      "--output_file",
      `own-${provider}.jsonl`,
    ]);
    expect(exitCode).toBe(0);
    const ids = parseReports(stdout).map((report) => report.job_id);
    expect(ids).toHaveLength(2);
    world.advance(60);
    const check = await world.run([
      "--provider",
      provider,
      "--action",
      "check_jobs_from_file",
      "--state_file",
      `own-${provider}.jsonl`,
    ]);
    for (const { service_reported_details: details } of parseReports(check.stdout)) {
      expect(details).toMatchObject({ total_requests: 3, completed_requests: 2, failed_requests: 1 });
    }
  });

  it("sends parameters with every request, and refuses those that the provider does not have", async () => {
    const create = (parameters: string) =>
      world.run(
        ["--provider", provider, "--action", "create_jobs", "--num_jobs", "1"].concat(
          "--parameters",
          parameters,
        ),
      );
    const creation = await create('{"systemPrompt":"[[sandbox:fail]]"}');
    expect(creation.exitCode).toBe(0);
    const [jobId = ""] = parseReports(creation.stdout).map((report) => report.job_id);
    world.advance(60);
    const check = await world.run([
      "--provider",
      provider,
      "--action",
      "check_single_job",
      "--job_id",
      jobId,
    ]);
    expect(parseReports(check.stdout)[0]?.service_reported_details).toMatchObject({ failed_requests: 1 });
    for (const [parameters, message] of [
      ["{", "is not JSON"],
      ['{"temperature":9}', "from 0 to 2"],
      ['{"extra":{"model":"other"}}', '"model"'],
    ] as const) {
      const refused = await create(parameters);
      expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
      expect(refused.stderr).toContain(message);
    }
  });

  it("reports recent jobs, a single one, downloads, cancels and deletes", async () => {
    const [first, second] = parseReports(
      (await world.run(["--provider", provider, "--action", "create_jobs", "--num_jobs", "2"])).stdout,
    ).map((report) => report.job_id);
    if (!first || !second) throw new Error("Two jobs were expected.");
    const cancelled = await world.run(["--provider", provider, "--action", "cancel_job", "--job_id", second]);
    expect(cancelled.exitCode).toBe(0);
    expect(parseReports(cancelled.stdout)).toMatchObject([{ job_id: second }]);
    world.advance(60);

    const recent = await world.run([
      "--provider",
      provider,
      "--action",
      "check_recent_jobs",
      "--hours_ago",
      "1",
    ]);
    const recentIds = parseReports(recent.stdout).map((report) => report.job_id);
    expect(recentIds.slice(0, 2).toSorted()).toEqual([first, second].toSorted());
    expect(readFileSync(fileOf(recent.stderr), "utf8")).toBe(recent.stdout);

    const single = await world.run([
      "--provider",
      provider,
      "--action",
      "check_single_job",
      "--job_id",
      second,
    ]);
    expect(parseReports(single.stdout)).toMatchObject([
      { job_id: second, user_assigned_status: "CANCELLED_ON_DEMAND", latency_seconds: null },
    ]);

    const download = ["--provider", provider, "--action", "download_results", "--job_id", first];
    expect(await world.run(download)).toMatchObject({ exitCode: 2 });
    const downloaded = await world.run([...download, "--enable_download_results"]);
    expect(downloaded).toMatchObject({ exitCode: 0 });
    const file = path.join(world.directory, `${provider}_results_${first.replaceAll("/", "_")}.jsonl`);
    expect(JSON.parse(downloaded.stdout)).toMatchObject({ job_id: first, file });
    const results = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(results).toHaveLength(1);
    expect(JSON.parse(results[0] ?? "")).toHaveProperty(provider === "google" ? "key" : "custom_id");

    const deletion = await world.run(["--provider", provider, "--action", "delete_job", "--job_id", first]);
    expect(deletion.exitCode).toBe(0);
    expect(JSON.parse(deletion.stdout)).toEqual({ provider, job_id: first, deleted: true });
    const after = await world.run([...download, "--enable_download_results", "--action", "list_models"]);
    expect(after).toMatchObject({ exitCode: 1, stdout: "" });
    expect(after.stderr).toContain("list_models was left out");
  });

  it("does several actions in the order in which they are named, into one report file", async () => {
    const before = world.reportFiles().length;
    const { stdout, stderr } = await world.run([
      "--provider",
      provider,
      "--action",
      "list_models",
      "--action",
      "create_jobs",
      "--num_jobs",
      "1",
      "--action",
      "check_recent_jobs",
      "--hours_ago",
      "1",
    ]);
    const lines = stdout.trimEnd().split("\n");
    const firstReport = lines.findIndex((line) => line.startsWith("{"));
    expect(lines[0]).toBe("model\tname\tretires_on\tis_retired\tsupports_batch");
    expect(lines.slice(0, firstReport).every((line) => !line.startsWith("{"))).toBe(true);
    const reports = parseReports(`${lines.slice(firstReport).join("\n")}\n`);
    expect(reports[0]).toMatchObject({ job_id: reports[1]?.job_id });
    expect(world.readReports(fileOf(stderr))).toEqual(reports);
    expect(world.reportFiles()).toHaveLength(before + 1);
  });

  it("watches jobs until all have ended and tells each change once", async () => {
    const file = `watched-${provider}.jsonl`;
    await world.run([
      "--provider",
      provider,
      "--action",
      "create_jobs",
      "--num_jobs",
      "3",
      "--output_file",
      file,
    ]);
    let hasAdvanced = false;
    const { stdout, stderr, exitCode } = await world.run(
      ["--provider", provider, "--action", "watch_jobs", "--state_file", file, "--interval", "1"],
      {
        onOutput: () => {
          if (!hasAdvanced) world.advance(60);
          hasAdvanced = true;
        },
      },
    );
    expect(exitCode).toBe(0);
    const told = parseReports(stdout);
    const ended = told.filter((report) => report.user_assigned_status === "SUCCEEDED");
    expect(ended).toHaveLength(3);
    expect(world.readReports(fileOf(stderr)).map((report) => report.user_assigned_status)).toEqual([
      "SUCCEEDED",
      "SUCCEEDED",
      "SUCCEEDED",
    ]);
  });
});

it("sums report files up, open jobs counted as not delivered yet", async () => {
  const line = (id: string, status: string, ended: string | null) =>
    `${JSON.stringify({
      provider: "google",
      job_id: `batches/${id}`,
      user_assigned_status: status,
      service_reported_details: { created_at: "2026-01-01T00:00:00+00:00", ended_at: ended },
    })}\n`;
  const succeeded = [100, 200, 300].map((seconds) =>
    line(`s${seconds}`, "SUCCEEDED", new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()),
  );
  writeFileSync(
    path.join(world.directory, "a.jsonl"),
    [...succeeded, line("open", "IN_PROGRESS", null)].join(""),
  );
  writeFileSync(
    path.join(world.directory, "b.jsonl"),
    [line("s100", "IN_PROGRESS", null), line("gone", "FAILED", null), "not a report\n"].join(""),
  );
  const { stdout, stderr, exitCode } = await world.run([
    "--action",
    "summary",
    "--json",
    "a.jsonl",
    "b.jsonl",
  ]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("b.jsonl, line 3: This is not a JSON object.");
  expect(JSON.parse(stdout)).toEqual({
    provider: "google",
    jobs: 5,
    IN_PROGRESS: 1,
    SUCCEEDED: 3,
    FAILED: 1,
    CANCELLED_TIMED_OUT: 0,
    CANCELLED_ON_DEMAND: 0,
    UNKNOWN: 0,
    // Half of the four jobs with known times are delivered by then; the open one keeps 90 % out of reach.
    turnaround_median_seconds: 250,
    turnaround_p90_seconds: null,
    turnaround_p95_seconds: null,
    jobs_without_times: 1,
  });
});

it("reads and writes in the folder that the user stood in when npm changed it", async () => {
  const elsewhere = path.join(path.dirname(world.bin), "..");
  const run = await world.run(
    ["--provider", "openai", "--action", "create_jobs", "--num_jobs", "1", "--output_file", "here.jsonl"],
    { directory: elsewhere, environment: { INIT_CWD: world.directory } },
  );
  expect(run.exitCode).toBe(0);
  expect(existsSync(path.join(world.directory, "here.jsonl"))).toBe(true);
});
