import { messageOf } from "#lib/domain/errors.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
import { JobCreator } from "../create-job.ts";
import { createJobsThroughDashboard } from "../create-through-dashboard.ts";
import { newJobName } from "../job-name.ts";
import { readJobPrompts, requestsOfJob, type JobPrompts } from "../job-prompts.ts";
import { reportOfSeenJob } from "../report-of-job.ts";
import type { ReportFile } from "../report-file.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";

/** How many jobs one `create_jobs` makes, and of how many requests, unless told otherwise. */
const defaultJobCount = 10;
const defaultRequestCount = 1;

/**
 * Creates jobs, several at a time, and writes the report of each as soon as it exists. The report file is opened before the
 * first job is paid for. After a refusal no further job is started.
 */
export async function createJobs(session: Session): Promise<void> {
  const { output } = session;
  const provider = session.provider();
  const plan = {
    jobCount: session.flags.num_jobs ?? defaultJobCount,
    requestCount: session.flags.requests_per_job ?? defaultRequestCount,
    model: session.modelOf(provider.id),
    prompts: await readJobPrompts(session),
  };
  if (plan.requestCount > provider.capabilities.maxRequestsPerJob) {
    const limit = provider.capabilities.maxRequestsPerJob.toLocaleString("en-US");
    throw new UsageError(`${provider.id} takes at most ${limit} requests in one job.`);
  }
  const file = session.reportFile();
  let createdCount = 0;
  const created = (job: ProviderJob) => {
    createdCount += 1;
    keepReport(session, file, job, plan.model);
    output.progress(`Created ${createdCount} of ${plan.jobCount} jobs`);
  };
  try {
    if (session.dashboard) await createJobsThroughDashboard(session, session.dashboard, plan, created);
    else await createDirectly(session, plan, created);
  } finally {
    output.endReports();
    output.note(`${createdCount} of ${plan.jobCount} jobs created, reports in ${file.path}`);
  }
}

export type CreationPlan = { jobCount: number; requestCount: number; model: string; prompts: JobPrompts };

async function createDirectly(
  session: Session,
  plan: CreationPlan,
  created: (job: ProviderJob) => void,
): Promise<void> {
  const creator = new JobCreator(session, session.provider());
  await creator.prepare();
  let nextIndex = 0;
  let hasFailed = false;
  const work = async () => {
    while (nextIndex < plan.jobCount && !hasFailed && !session.stop.isRequested) {
      const index = nextIndex;
      nextIndex += 1;
      try {
        created(
          await creator.create({
            jobName: newJobName(),
            model: plan.model,
            maxOutputTokens: session.maxOutputTokens,
            parameters: session.parameters,
            requestCount: plan.requestCount,
            requests: requestsOfJob(plan.prompts, index, plan.requestCount),
          }),
        );
      } catch (error) {
        hasFailed = true;
        session.output.problem(`Job ${index + 1} of ${plan.jobCount} was not created. ${messageOf(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(session.concurrency, plan.jobCount) }, work));
}

/** The file comes first, as it survives the process; a report that it cannot take still goes to stdout. */
function keepReport(session: Session, file: ReportFile, job: ProviderJob, model: string): void {
  const report = reportOfSeenJob(session, job, model);
  try {
    file.append(report);
  } finally {
    session.output.report(report);
  }
}
