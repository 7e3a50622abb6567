import { and, eq, inArray } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { after } from "./back-off.ts";

/** How far the provider's clock may be from ours. */
const clockToleranceSeconds = 10 * 60;

export type MarkedJob = Pick<
  JobRow,
  "id" | "account" | "provider" | "requestCount" | "submitDeadline" | "foreignIds"
> & { submitStartedAt: Date };

/**
 * Looks at the provider for the batch of a submission whose answer we do not hold, so that it is not paid twice.
 * Where the provider keeps our name, the name decides. Anthropic keeps none: there it is the batch of the same size,
 * created closest to our call, that no other job owns; collection proves it later by the nonce in its custom ids.
 */
export async function findSubmitted(
  context: AppContext,
  job: MarkedJob,
  provider: BatchProvider,
  signal?: AbortSignal,
): Promise<ProviderJob | null> {
  const since = after(job.submitStartedAt, -clockToleranceSeconds);
  const candidates: ProviderJob[] = [];
  for await (const seen of provider.list({ since }, { signal })) {
    const fits = provider.capabilities.keepsJobName ? seen.name === job.id : hasShape(job, seen);
    if (fits) candidates.push(seen);
  }
  if (provider.capabilities.keepsJobName) return bestOf(candidates);
  return closestUnowned(context, job, candidates);
}

function hasShape(job: MarkedJob, seen: ProviderJob): boolean {
  const { createdAt } = seen.timestamps;
  const latest = after(job.submitDeadline ?? job.submitStartedAt, clockToleranceSeconds);
  if (createdAt !== null && createdAt > latest) return false;
  return seen.counts.total === job.requestCount && !job.foreignIds.includes(seen.id);
}

/** An overtaken attempt can leave a second batch of the same name that failed or was cancelled at once. */
function bestOf(candidates: ProviderJob[]): ProviderJob | null {
  return candidates.find((seen) => !seen.hasEnded || seen.hasResults) ?? candidates[0] ?? null;
}

/** A batch that was imported in the meantime may be ours too, but one that nobody holds comes first. */
async function closestUnowned(
  context: AppContext,
  job: MarkedJob,
  candidates: ProviderJob[],
): Promise<ProviderJob | null> {
  const origins = await originsOf(context, job, candidates);
  const distance = ({ timestamps }: ProviderJob) =>
    Math.abs((timestamps.createdAt?.getTime() ?? 0) - job.submitStartedAt.getTime());
  const byDistance = candidates.toSorted((left, right) => distance(left) - distance(right));
  return (
    byDistance.find((candidate) => !origins.has(candidate.id)) ??
    byDistance.find((candidate) => origins.get(candidate.id) === "adopted") ??
    null
  );
}

/** Which of these batches have a row already, and how it came about. */
async function originsOf(
  context: AppContext,
  job: Pick<JobRow, "account" | "provider">,
  candidates: ProviderJob[],
): Promise<Map<string, JobRow["origin"]>> {
  if (candidates.length === 0) return new Map();
  const ids = candidates.map((candidate) => candidate.id);
  const rows = await context.db
    .select({ providerJobId: jobs.providerJobId, origin: jobs.origin })
    .from(jobs)
    .where(
      and(eq(jobs.provider, job.provider), eq(jobs.account, job.account), inArray(jobs.providerJobId, ids)),
    );
  return new Map(rows.flatMap((row) => (row.providerJobId ? [[row.providerJobId, row.origin]] : [])));
}
