import { AppError, ProviderError } from "#lib/domain/errors.ts";
import { jobSchema, type Job } from "#lib/domain/job.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { publicCancelSchema, publicJobPageSchema, publicModelsSchema } from "#lib/domain/public-api.ts";
import { isTerminal } from "#lib/domain/user-status.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import type { DashboardClient } from "./dashboard-client.ts";

const pageSize = 500;

/**
 * A provider as a dashboard knows it: the jobs that are there, as they were seen last. Creating goes by job sets
 * (`createJobsThroughDashboard`), and deleting is for the provider itself.
 */
export function createDashboardProvider(client: DashboardClient, id: ProviderId): BatchProvider {
  const get = async (jobId: string) =>
    toProviderJob(await ask(id, () => client.get(`/jobs/${encodeURIComponent(jobId)}`, {}, jobSchema)), id);
  return {
    id,
    account: client.url,
    capabilities: {
      keepsJobName: true,
      countsWhileRunning: true,
      maxRequestsPerJob: 50_000,
      maxInputBytes: Number.POSITIVE_INFINITY,
      listPageSize: pageSize,
      fileFields: [],
      resultFileFields: [],
    },
    get,
    list: ({ since }) => listJobs(client, id, since),
    async cancel(jobId) {
      const body = { job_ids: [jobId] };
      await ask(id, () => client.post("/jobs/cancel", body, publicCancelSchema));
      return get(jobId);
    },
    rawResults: (job) => client.read(`/jobs/${encodeURIComponent(jobOf(job).id)}/results`),
    models: async () =>
      (await ask(id, () => client.get("/models", { provider: id }, publicModelsSchema))).models,
    submit: () => notThroughDashboard("A single job cannot be submitted"),
    listFiles: () => notThroughDashboard("The files of an account cannot be listed"),
    deleteFile: () => notThroughDashboard("A file cannot be deleted"),
    discardInput: () => notThroughDashboard("An uploaded file cannot be deleted"),
    remove: () => notThroughDashboard("A job cannot be deleted"),
    results: () => notThroughDashboard("Results cannot be read"),
    readResultLine: () => notThroughDashboard("Results cannot be read"),
  };
}

/** The dashboard's own record of a job that came from `createDashboardProvider`. */
export function jobOf(job: ProviderJob): Job {
  return jobSchema.parse(job.raw);
}

/** A job in the shape of the port. One that is not at its provider yet goes by our id. */
export function toProviderJob(job: Job, provider: ProviderId): ProviderJob {
  if (job.provider !== provider) {
    throw new ProviderError(
      `${job.providerJobId ?? job.id} is a job of ${job.provider}, not of ${provider}.`,
      {
        provider,
        kind: "not_found",
        isRetryable: false,
      },
    );
  }
  return {
    provider,
    id: job.providerJobId ?? job.id,
    name: job.id,
    model: job.model,
    serviceStatus: job.serviceStatus ?? "not submitted",
    hasEnded: isTerminal(job.userStatus),
    hasResults: job.collected !== null,
    counts: job.counts,
    timestamps: job.reported,
    usage: job.collected?.usage ?? null,
    failure: job.failure,
    raw: job,
  };
}

async function* listJobs(client: DashboardClient, id: ProviderId, since: Date): AsyncIterable<ProviderJob> {
  let cursor: string | null = null;
  for (;;) {
    const query: Record<string, string> = {
      provider: id,
      since: since.toISOString(),
      limit: String(pageSize),
      ...(cursor === null ? {} : { cursor }),
    };
    const page = await ask(id, () => client.get("/jobs", query, publicJobPageSchema));
    for (const job of page.jobs) if (job.providerJobId !== null) yield toProviderJob(job, id);
    if (page.next_cursor === null) return;
    cursor = page.next_cursor;
  }
}

/** The port rejects with `ProviderError` and nothing else. */
async function ask<Result>(provider: ProviderId, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new ProviderError(error.message, {
      provider,
      kind: error.code === "not_found" ? "not_found" : "unreachable",
      isRetryable: error.code === "provider",
      cause: error,
    });
  }
}

function notThroughDashboard(what: string): never {
  throw new AppError("invalid_input", `${what} through a dashboard. Leave out --url.`);
}
