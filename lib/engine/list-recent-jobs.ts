import type { AppContext } from "#lib/context.ts";
import { recentJobsLimits, type AccountJob } from "#lib/domain/account-job.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { userStatusOf } from "#lib/domain/status-table.ts";
import { after } from "./back-off.ts";
import { findAccountJobs, type FoundJob } from "./find-account-jobs.ts";

export type RecentJobs = { jobs: AccountJob[]; isCut: boolean };

/**
 * The provider's jobs of the last `hours`, newest first, in chunks as its pages arrive: which are known here and which
 * are new. Changes nothing. Ends with `isCut` after 5,000 jobs. Rejects with `ProviderError`.
 */
export async function* listRecentJobs(
  context: AppContext,
  { provider: id, hours }: { provider: ProviderId; hours: number },
  signal?: AbortSignal,
): AsyncIterable<RecentJobs> {
  const provider = context.providers.get(id);
  const since = after(context.clock.now(), -hours * 3_600);
  let remaining: number = recentJobsLimits.listed;
  for await (const found of findAccountJobs(context.db, provider, since, signal)) {
    const isCut = found.length > remaining;
    yield { jobs: found.slice(0, remaining).map(toAccountJob), isCut };
    if (isCut) return;
    remaining -= found.length;
  }
}

function toAccountJob({ seen, state, jobId, cancelReason }: FoundJob): AccountJob {
  const { createdAt, endedAt } = seen.timestamps;
  return {
    provider: seen.provider,
    providerJobId: seen.id,
    model: seen.model,
    serviceStatus: seen.serviceStatus,
    userStatus: userStatusOf({
      provider: seen.provider,
      serviceStatus: seen.serviceStatus,
      counts: seen.counts,
      createdAt,
      endedAt,
      cancelReason,
    }),
    counts: seen.counts,
    createdAt,
    endedAt,
    state,
    jobId,
  };
}
