import { asc, count, desc, eq, isNotNull } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { JobOrigin } from "#lib/domain/job.ts";

const maximumChoices = 200;

export type ComparisonChoices = {
  realJobCount: number;
  simulatedJobCount: number;
  jobSets: { id: string; name: string; seed: number; isSimulated: boolean }[];
  models: string[];
  origins: { isSimulated: boolean; origin: JobOrigin }[];
};

/** What a comparison can be narrowed to, and how many real and simulated jobs there are. */
export async function readComparisonChoices(db: Database): Promise<ComparisonChoices> {
  const kinds = await db
    .select({ isSimulated: jobs.isSimulated, origin: jobs.origin, value: count() })
    .from(jobs)
    .groupBy(jobs.isSimulated, jobs.origin);
  const countOf = (isSimulated: boolean) =>
    kinds.filter((kind) => kind.isSimulated === isSimulated).reduce((sum, kind) => sum + kind.value, 0);
  const models = await db
    .selectDistinct({ model: jobs.model })
    .from(jobs)
    .where(isNotNull(jobs.model))
    .orderBy(asc(jobs.model))
    .limit(maximumChoices);
  const sets = await db
    .select({ id: jobSets.id, name: jobSets.name, seed: jobSets.seed, isSimulated: jobSets.isSimulated })
    .from(jobSets)
    .orderBy(desc(jobSets.launchedAt))
    .limit(maximumChoices);
  return {
    realJobCount: countOf(false),
    simulatedJobCount: countOf(true),
    jobSets: sets,
    models: models.flatMap((row) => (row.model === null ? [] : [row.model])),
    origins: kinds.map(({ isSimulated, origin }) => ({ isSimulated, origin })),
  };
}

/** Whether a job set ran in the sandbox; null when it is unknown. */
export async function readIsSimulated(db: Database, jobSetId: string): Promise<boolean | null> {
  const [row] = await db
    .select({ isSimulated: jobSets.isSimulated })
    .from(jobSets)
    .where(eq(jobSets.id, jobSetId));
  return row?.isSimulated ?? null;
}
