import { and, eq, inArray } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { after } from "./back-off.ts";

/** How far the provider's clock may be from ours. */
const clockToleranceSeconds = 10 * 60;

/**
 * Looks at the provider for the batch of a submission whose answer we do not hold, so that it is not paid twice.
 * Where the provider keeps our name, the name decides. Anthropic keeps none: there it is the oldest batch of the same
 * size in the time window that no other job owns; collection proves it later by the nonce in its custom ids.
 */
export async function findSubmitted(
  context: AppContext,
  job: Pick<JobRow, "id" | "account" | "provider" | "requestCount"> & { submitStartedAt: Date },
  provider: BatchProvider,
  signal?: AbortSignal,
): Promise<ProviderJob | null> {
  const since = after(job.submitStartedAt, -clockToleranceSeconds);
  const candidates: ProviderJob[] = [];
  for await (const seen of provider.list({ since }, { signal })) {
    if (provider.capabilities.keepsJobName) {
      if (seen.name === job.id) return seen;
    } else if (seen.counts.total === job.requestCount) {
      candidates.push(seen);
    }
  }
  const owned = await ownedIds(
    context,
    job,
    candidates.map((candidate) => candidate.id),
  );
  return candidates.toReversed().find((candidate) => !owned.has(candidate.id)) ?? null;
}

async function ownedIds(
  context: AppContext,
  job: Pick<JobRow, "account" | "provider">,
  providerJobIds: string[],
): Promise<Set<string>> {
  if (providerJobIds.length === 0) return new Set();
  const rows = await context.db
    .select({ providerJobId: jobs.providerJobId })
    .from(jobs)
    .where(
      and(
        eq(jobs.provider, job.provider),
        eq(jobs.account, job.account),
        inArray(jobs.providerJobId, providerJobIds),
      ),
    );
  return new Set(rows.flatMap((row) => (row.providerJobId ? [row.providerJobId] : [])));
}
