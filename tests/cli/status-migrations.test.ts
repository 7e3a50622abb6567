import { writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { serve } from "#tests/providers/support.ts";
import { openCommandWorld, parseReports, type CommandWorld } from "./command-world.ts";

let world: CommandWorld;

beforeAll(async () => {
  world = await openCommandWorld();
});
afterAll(() => world.close());

const hour = 3_600;

/** The line that a state file had for a job when it was last seen running. */
function openLine(provider: ProviderId, jobId: string, ageSeconds: number): string {
  const status = { openai: "in_progress", google: "JOB_STATE_PENDING", anthropic: "in_progress" }[provider];
  return `${JSON.stringify({
    provider,
    job_id: jobId,
    user_assigned_status: "IN_PROGRESS",
    latency_seconds: null,
    service_reported_details: {
      job_id: jobId,
      model: "some-model",
      service_job_status: status,
      created_at: new Date(Date.now() - ageSeconds * 1000).toISOString(),
      ended_at: null,
      total_requests: null,
      completed_requests: null,
      failed_requests: null,
    },
  })}\n`;
}

async function checkFile(provider: ProviderId, lines: string[], more: string[] = [], environment = {}) {
  const file = path.join(world.directory, `migration-${provider}.jsonl`);
  writeFileSync(file, lines.join(""));
  return world.run(
    ["--provider", provider, "--action", "check_jobs_from_file", "--state_file", file, ...more],
    { environment },
  );
}

describe.each(providerIds)("jobs of %s that were open in a state file", (provider) => {
  it("are reported as what they have become", async () => {
    const ageOfExpired = provider === "google" ? 50 * hour : 25 * hour;
    const made = {
      SUCCEEDED: { state: "completed", ageSeconds: hour, turnaroundSeconds: 600 },
      // Anthropic has no failed batch: there a failed request makes the job failed.
      FAILED:
        provider === "anthropic"
          ? { state: "completed", ageSeconds: 2 * hour, failRate: 1 }
          : { state: "failed", ageSeconds: 2 * hour },
      CANCELLED_TIMED_OUT: { state: "expired", ageSeconds: ageOfExpired, progress: 0 },
      CANCELLED_ON_DEMAND: { state: "cancelled", ageSeconds: hour, progress: 0 },
    };
    const lines: string[] = [];
    const expected: Record<string, string> = {};
    for (const [status, batch] of Object.entries(made)) {
      const id = await world.makeBatch({ provider, ...batch });
      expected[id] = status;
      lines.push(openLine(provider, id, batch.ageSeconds));
    }
    const { exitCode, stdout } = await checkFile(provider, lines);
    expect(exitCode).toBe(0);
    const reports = parseReports(stdout);
    expect(Object.fromEntries(reports.map((report) => [report.job_id, report.user_assigned_status]))).toEqual(
      expected,
    );
    for (const report of reports) {
      const isDone = report.user_assigned_status === "SUCCEEDED";
      expect(report.latency_seconds !== null).toBe(isDone);
      if (isDone) expect(report.total_tokens).toBeGreaterThan(0);
      expect(report.service_reported_details.ended_at).not.toBeNull();
    }
    const again = await checkFile(
      provider,
      reports.map((report) => `${JSON.stringify(report)}\n`),
    );
    expect(again).toMatchObject({ exitCode: 0, stdout: "" });
  });
});

type Answer = { batch: unknown; list: unknown };

/** What each provider says of a batch that runs for 25 hours; `name` is the one that was given at its creation. */
const stillRunning: Record<ProviderId, (id: string, createdAt: Date, name: string | null) => Answer> = {
  openai: (id, createdAt, name) => {
    const batch = {
      id,
      object: "batch",
      status: "in_progress",
      created_at: Math.floor(createdAt.getTime() / 1000),
      request_counts: { total: 1, completed: 0, failed: 0 },
      metadata: name === null ? null : { batchmark_job: name },
    };
    return { batch, list: { object: "list", data: [batch], has_more: false } };
  },
  google: (id, createdAt, name) => {
    const batch = {
      name: id,
      metadata: {
        state: "BATCH_STATE_RUNNING",
        displayName: name ?? "somebody's",
        createTime: createdAt.toISOString(),
        batchStats: { requestCount: "1", pendingRequestCount: "1" },
      },
    };
    return { batch, list: { operations: [batch] } };
  },
  anthropic: (id, createdAt) => {
    const batch = {
      id,
      type: "message_batch",
      processing_status: "in_progress",
      created_at: createdAt.toISOString(),
      request_counts: { processing: 1, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    };
    return { batch, list: { data: [batch], has_more: false } };
  },
};

const baseUrlVariables = {
  openai: "OPENAI_BASE_URL",
  google: "GOOGLE_GEMINI_BASE_URL",
  anthropic: "ANTHROPIC_BASE_URL",
} as const;

describe.each(providerIds)("a job of %s that runs for more than 24 hours", (provider) => {
  const id = { openai: "batch_25h", google: "batches/25h", anthropic: "msgbatch_25h" }[provider];

  async function check(name: string | null, more: string[] = []) {
    const createdAt = new Date(Date.now() - 25 * hour * 1000);
    const changes: string[] = [];
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      if (request.method !== "GET") changes.push(`${request.method} ${request.url}`);
      request.resume();
      const { batch, list } = stillRunning[provider](id, createdAt, name);
      const isList = /\/batches(?:\?|$)/.test(request.url ?? "");
      const reply = isList && request.method === "GET" ? list : batch;
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(reply));
    };
    const environment = { [baseUrlVariables[provider]]: await serve(answer) };
    const run = await checkFile(provider, [openLine(provider, id, 25 * hour)], more, environment);
    return { ...run, changes };
  }

  it("is reported as timed out and left running when Batchmark did not launch it", async () => {
    const { exitCode, stdout, stderr, changes } = await check(null);
    expect(exitCode).toBe(0);
    expect(parseReports(stdout)).toMatchObject([
      { job_id: id, user_assigned_status: "CANCELLED_TIMED_OUT", latency_seconds: null },
    ]);
    expect(stderr).toContain("--cancel_timed_out cancels it");
    expect(changes).toEqual([]);
  });

  it("is cancelled when the user asks for it", async () => {
    const { exitCode, stdout, changes } = await check(null, ["--cancel_timed_out"]);
    expect(exitCode).toBe(0);
    expect(parseReports(stdout)).toMatchObject([{ user_assigned_status: "CANCELLED_TIMED_OUT" }]);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatch(/cancel/);
  });

  // Anthropic keeps no names, and ends its batches after 24 hours itself.
  if (provider === "anthropic") return;
  it("is cancelled when it carries a name of Batchmark's", async () => {
    const { exitCode, changes } = await check("job_4r9c1t0zk2m8w7ya");
    expect(exitCode).toBe(0);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatch(/cancel/);
  });
});
