import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { providerIds } from "#lib/domain/provider-id.ts";
import { closedPort } from "#tests/providers/support.ts";
import { openCommandWorld, parseReports, type CommandWorld } from "./command-world.ts";
import { servedOperations, startDashboardServer, type DashboardServer } from "./dashboard-server.ts";

let world: CommandWorld;
let dashboard: DashboardServer;

vi.mock(import("#lib/server-context.ts"), () => ({ getContext: () => Promise.resolve(dashboard.context) }));

beforeAll(async () => {
  world = await openCommandWorld();
  dashboard = await startDashboardServer();
});
afterAll(async () => {
  await dashboard.close();
  await world.close();
});

// No key: the dashboard has the accounts.
const environment = { OPENAI_API_KEY: "", GOOGLE_API_KEY: "", ANTHROPIC_API_KEY: "" };
const run = (...args: string[]) => world.run([...args, "--url", dashboard.url], { environment });

const apiOf = async (resource: string): Promise<unknown> =>
  (await fetch(`${dashboard.url}/api/v1${resource}`)).json();

it.each(providerIds)(
  "creates jobs of %s through the dashboard, watches them there and downloads",
  async (provider) => {
    const creation = await run(
      "--provider",
      provider,
      "--action",
      "create_jobs",
      "--num_jobs",
      "3",
      "--requests_per_job",
      "2",
    );
    expect(creation).toMatchObject({ exitCode: 0 });
    const created = parseReports(creation.stdout);
    expect(created).toHaveLength(3);
    expect(creation.stderr).toContain(`${dashboard.url}/job-sets/set_`);
    const listed = (await apiOf(`/jobs?provider=${provider}`)) as {
      jobs: { providerJobId: string; origin: string }[];
    };
    expect(listed.jobs.map((job) => job.providerJobId).toSorted()).toEqual(
      created.map((report) => report.job_id).toSorted(),
    );

    const file = `dashboard-${provider}.jsonl`;
    writeFileSync(path.join(world.directory, file), creation.stdout);
    const watch = await run(
      "--provider",
      provider,
      "--action",
      "watch_jobs",
      "--state_file",
      file,
      "--interval",
      "1",
    );
    expect(watch.exitCode).toBe(0);
    const ended = parseReports(watch.stdout).filter((report) => report.user_assigned_status === "SUCCEEDED");
    expect(ended.map((report) => report.job_id).toSorted()).toEqual(
      created.map((report) => report.job_id).toSorted(),
    );
    for (const report of ended) {
      expect(report.service_reported_details).toMatchObject({ total_requests: 2, completed_requests: 2 });
    }

    const [first] = ended;
    if (!first) throw new Error("A job was expected.");
    await vi.waitFor(
      async () =>
        expect(await apiOf(`/jobs/${encodeURIComponent(first.job_id)}`)).toMatchObject({ step: "done" }),
      {
        timeout: 20_000,
        interval: 100,
      },
    );
    const single = await run(
      "--provider",
      provider,
      "--action",
      "check_single_job",
      "--job_id",
      first.job_id,
    );
    expect(parseReports(single.stdout)[0]?.total_tokens).toBeGreaterThan(0);
    const download = await run(
      "--provider",
      provider,
      "--action",
      "download_results",
      "--enable_download_results",
      "--job_id",
      first.job_id,
    );
    expect(download).toMatchObject({ exitCode: 0 });
    const results = path.join(
      world.directory,
      `${provider}_results_${first.job_id.replaceAll("/", "_")}.jsonl`,
    );
    expect(readFileSync(results, "utf8").trimEnd().split("\n")).toHaveLength(2);

    const recent = await run(
      "--provider",
      provider,
      "--action",
      "check_recent_jobs",
      "--hours_ago",
      "1",
      "--action",
      "list_models",
    );
    expect(recent.exitCode).toBe(0);
    expect(recent.stdout).toContain("model\tname");
  },
);

it("brings the jobs of a state file into the dashboard", async () => {
  const line = JSON.stringify({
    provider: "openai",
    job_id: "batch_of_somebody",
    user_assigned_status: "IN_PROGRESS",
    latency_seconds: null,
    service_reported_details: {
      model: "gpt-4o-mini",
      service_job_status: "in_progress",
      created_at: "2026-11-20T00:00:00Z",
    },
  });
  writeFileSync(path.join(world.directory, "somebody.jsonl"), `${line}\n`);
  const { exitCode, stdout, stderr } = await run(
    "--provider",
    "openai",
    "--action",
    "check_jobs_from_file",
    "--state_file",
    "somebody.jsonl",
  );
  expect(exitCode).toBe(0);
  expect(stderr).toContain("somebody.jsonl: 1 jobs imported");
  expect(parseReports(stdout)).toMatchObject([
    { job_id: "batch_of_somebody", user_assigned_status: "IN_PROGRESS" },
  ]);
  expect(await apiOf("/jobs/batch_of_somebody")).toMatchObject({
    origin: "imported",
    providerJobId: "batch_of_somebody",
  });
});

it("tells what the dashboard refuses, and when there is none", async () => {
  const unknown = await run("--provider", "openai", "--action", "cancel_job", "--job_id", "batch_nobody");
  expect(unknown).toMatchObject({ exitCode: 1, stdout: "" });
  expect(unknown.stderr).toContain("None of these jobs is here.");
  const model = await run("--provider", "openai", "--action", "create_jobs", "--model", "a model");
  expect(model.exitCode).toBe(1);
  expect(model.stderr).toContain("A model name has only letters");
  const deletion = await run("--provider", "openai", "--action", "delete_job", "--job_id", "batch_1");
  expect(deletion).toMatchObject({ exitCode: 2 });
  const wrong = await world.run(["--provider", "openai", "--action", "list_models", "--url", "dashboard"]);
  expect(wrong).toMatchObject({ exitCode: 2 });
  const url = await closedPort();
  const nobody = await world.run(["--provider", "openai", "--action", "list_models", "--url", url]);
  expect(nobody.exitCode).toBe(1);
  expect(nobody.stderr).toContain(`No dashboard answers at ${url}`);
});

it("answers wrong calls of the API with the failure that its document promises", async () => {
  for (const resource of [
    "/jobs?provider=mistral",
    "/jobs?limit=9999",
    "/jobs?cursor=x",
    "/models",
    "/reports?since=never",
  ]) {
    const response = await fetch(`${dashboard.url}/api/v1${resource}`);
    expect({ resource, status: response.status }).toEqual({ resource, status: 400 });
    expect(await response.json()).toMatchObject({ ok: false, code: "invalid_input" });
  }
  const notJson = await fetch(`${dashboard.url}/api/v1/jobs/check`, { method: "POST", body: "{" });
  expect(notJson.status).toBe(400);
});

it("refuses pages of other sites where files of any size come in", async () => {
  for (const [method, name] of [
    ["GET", "reports"],
    ["POST", "reports"],
    ["POST", "archives"],
  ]) {
    const response = await fetch(`${dashboard.url}/api/v1/${name}`, {
      method,
      headers: { origin: "https://example.com" },
    });
    expect({ method, status: response.status }).toEqual({ method, status: 403 });
  }
});

it("pages through jobs without leaving one out or giving one twice", async () => {
  const all = (await apiOf("/jobs?limit=500")) as { jobs: { id: string }[] };
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = (await apiOf(`/jobs?limit=2${cursor && `&cursor=${cursor}`}`)) as {
      jobs: { id: string }[];
      next_cursor: string | null;
    };
    seen.push(...page.jobs.map((job) => job.id));
    cursor = page.next_cursor;
  }
  expect(seen).toEqual(all.jobs.map((job) => job.id));
});

it("describes exactly the calls that there are", async () => {
  const document = (await apiOf("/openapi.json")) as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
  };
  expect(document.openapi).toBe("3.1.0");
  const described = Object.entries(document.paths).flatMap(([name, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${name.replace(/\{\w+\}/, "{}")}`),
  );
  expect(described.toSorted()).toEqual(servedOperations.toSorted());
});
