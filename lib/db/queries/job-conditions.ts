import { and, eq, gte, ilike, inArray, like, lt, or, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { JobConditions } from "#lib/domain/job-page.ts";
import { attentionIds } from "./attention.ts";

/** A filter as a condition on the rows of `jobs` alone; undefined when it lets all pass. */
export function jobConditions(db: Database, filter: JobConditions): SQL | undefined {
  return and(
    oneOf(filter.providers, (values) => inArray(jobs.provider, values)),
    oneOf(filter.statuses, (values) => inArray(jobs.userStatus, values)),
    oneOf(filter.steps, (values) => inArray(jobs.step, values)),
    oneOf(filter.origins, (values) => inArray(jobs.origin, values)),
    filter.jobSetId === null ? undefined : eq(jobs.jobSetId, filter.jobSetId),
    filter.model === null ? undefined : eq(jobs.model, filter.model),
    filter.launchedFrom === null ? undefined : gte(jobs.launchedAt, filter.launchedFrom),
    filter.launchedTo === null ? undefined : lt(jobs.launchedAt, filter.launchedTo),
    filter.endedFrom === null ? undefined : gte(jobs.endedAt, filter.endedFrom),
    filter.attentionAt === null ? undefined : inArray(jobs.id, attentionIds(filter.attentionAt)),
    filter.search === "" ? undefined : matches(db, filter.search),
  );
}

function oneOf<T>(values: T[], condition: (values: T[]) => SQL): SQL | undefined {
  return values.length > 0 ? condition(values) : undefined;
}

function matches(db: Database, search: string): SQL | undefined {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    like(jobs.searchText, pattern.toLowerCase()),
    inArray(jobs.jobSetId, db.select({ id: jobSets.id }).from(jobSets).where(ilike(jobSets.name, pattern))),
  );
}
