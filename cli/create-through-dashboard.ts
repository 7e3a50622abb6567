import type { Job } from "#lib/domain/job.ts";
import { publicJobPageSchema, publicLaunchedSchema, type PublicJobPage } from "#lib/domain/public-api.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
import type { CreationPlan } from "./actions/create-jobs.ts";
import type { DashboardClient } from "./dashboard-client.ts";
import { toProviderJob } from "./dashboard-provider.ts";
import type { Session } from "./session.ts";

const pageSize = 500;
const lookAgainSeconds = 0.5;

/** Launches a job set in the dashboard and waits until its engine has created every job, or has given it up. */
export async function createJobsThroughDashboard(
  session: Session,
  client: DashboardClient,
  plan: CreationPlan,
  created: (job: ProviderJob) => void,
): Promise<void> {
  const provider = session.provider().id;
  const { jobSetId } = await client.post("/job-sets", launchInput(session, plan), publicLaunchedSchema);
  const settled = new Set<string>();
  while (settled.size < plan.jobCount && !session.stop.isRequested) {
    for await (const job of jobsOfSet(client, jobSetId)) {
      if (settled.has(job.id)) continue;
      if (job.providerJobId !== null) {
        created(toProviderJob(job, provider));
      } else if (job.step === "done") {
        session.output.problem(
          `A job was not created. ${job.failure?.message ?? `It ended as ${job.userStatus}.`}`,
        );
      } else {
        continue;
      }
      settled.add(job.id);
    }
    if (settled.size < plan.jobCount) await session.pause(lookAgainSeconds);
  }
  const where = `${client.url}/job-sets/${jobSetId}`;
  const left = plan.jobCount - settled.size;
  session.output.note(left > 0 ? `The dashboard goes on creating the other ${left}: ${where}` : where);
}

function launchInput(session: Session, { jobCount, requestCount, model, prompts }: CreationPlan) {
  const isOwn = session.flags.prompts !== undefined;
  return {
    lanes: [
      {
        provider: session.provider().id,
        model,
        jobCount,
        requestsPerJob: requestCount,
        maxOutputTokens: session.maxOutputTokens,
        parameters: session.parameters,
      },
    ],
    prompts: isOwn
      ? { kind: "own", prompts: Array.from({ length: prompts.count }, (_, position) => prompts.at(position)) }
      : { kind: "builtIn" },
  };
}

async function* jobsOfSet(client: DashboardClient, jobSetId: string): AsyncIterable<Job> {
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { job_set_id: jobSetId, limit: String(pageSize) };
    const page: PublicJobPage = await client.get(
      "/jobs",
      cursor === null ? query : { ...query, cursor },
      publicJobPageSchema,
    );
    yield* page.jobs;
    cursor = page.next_cursor;
  } while (cursor !== null);
}
