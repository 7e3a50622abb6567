import { and, count, desc, eq, gte, isNotNull } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

type Account = { provider: ProviderId; account: string };

const latestEndedLimit = 50;

/** How many batches of an account that we know were created at or after a moment of the provider's clock. */
export async function countCreatedSince(db: Database, target: Account, since: Date): Promise<number> {
  const [row] = await db
    .select({ known: count() })
    .from(jobs)
    .where(and(isAccount(target), gte(jobs.providerCreatedAt, since)));
  return row?.known ?? 0;
}

/** The median turnaround of the latest 50 jobs of an account that ended, in seconds; null when there is none. */
export async function typicalTurnaroundSeconds(db: Database, target: Account): Promise<number | null> {
  const rows = await db
    .select({ createdAt: jobs.providerCreatedAt, endedAt: jobs.providerEndedAt })
    .from(jobs)
    .where(and(isAccount(target), isNotNull(jobs.providerCreatedAt), isNotNull(jobs.providerEndedAt)))
    .orderBy(desc(jobs.providerCreatedAt))
    .limit(latestEndedLimit);
  const seconds = rows
    .flatMap(({ createdAt, endedAt }) =>
      createdAt && endedAt ? [(endedAt.getTime() - createdAt.getTime()) / 1000] : [],
    )
    .toSorted((left, right) => left - right);
  return seconds[Math.floor(seconds.length / 2)] ?? null;
}

function isAccount(target: Account) {
  return and(eq(jobs.provider, target.provider), eq(jobs.account, target.account));
}
