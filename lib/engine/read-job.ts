import type { AppContext } from "#lib/context.ts";
import { getJob } from "#lib/db/queries/get-job.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import type { JobDetail } from "#lib/domain/job-detail.ts";

/** One job with all that its page shows; null when the id is unknown. Asks no provider. */
export async function readJob(
  context: Pick<AppContext, "db" | "providers">,
  jobId: string,
): Promise<JobDetail | null> {
  const stored = await getJob(context.db, jobId);
  return stored && { ...stored, accountProblem: accountProblemOf(context, stored.job) };
}

function accountProblemOf(
  { providers }: Pick<AppContext, "providers">,
  { provider, account, step }: JobDetail["job"],
): string | null {
  if (step === "done") return null;
  try {
    providers.forAccount(provider, account);
    return null;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return error.message;
  }
}
