import { and, asc, desc, eq, isNotNull, ne, sql } from "drizzle-orm";
import { union, unionAll } from "drizzle-orm/pg-core";
import type { Database } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { turnaroundCounts, turnaroundKinds } from "#lib/db/schema/turnaround-counts.ts";
import type { JobOrigin } from "#lib/domain/job-values.ts";

const maximumChoices = 200;

export type ComparisonChoices = {
  hasRealJobs: boolean;
  hasSimulatedJobs: boolean;
  jobSets: { id: string; name: string; seed: number; isSimulated: boolean }[];
  models: string[];
  origins: { isSimulated: boolean; origin: JobOrigin }[];
};

/** What a comparison can be narrowed to, and whether there are real and simulated jobs. */
export async function readComparisonChoices(db: Database): Promise<ComparisonChoices> {
  const sets = await db
    .select({ id: jobSets.id, name: jobSets.name, seed: jobSets.seed, isSimulated: jobSets.isSimulated })
    .from(jobSets)
    .orderBy(desc(jobSets.launchedAt))
    .limit(maximumChoices);
  const origins = await readOrigins(db);
  return {
    hasRealJobs: origins.some(({ isSimulated }) => !isSimulated),
    hasSimulatedJobs: origins.some(({ isSimulated }) => isSimulated),
    jobSets: sets,
    models: await readModels(db),
    origins,
  };
}

/** Each origin that occurs, found by one row each: counting would read all jobs. */
function readOrigins(db: Database): Promise<ComparisonChoices["origins"]> {
  const firstOf = (isSimulated: boolean, origin: JobOrigin) =>
    db
      .select({ isSimulated: jobs.isSimulated, origin: jobs.origin })
      .from(jobs)
      .where(and(eq(jobs.isSimulated, isSimulated), eq(jobs.origin, origin)))
      .limit(1);
  return unionAll(
    firstOf(true, "launched"),
    firstOf(true, "adopted"),
    firstOf(true, "imported"),
    firstOf(false, "launched"),
    firstOf(false, "adopted"),
    firstOf(false, "imported"),
  );
}

/** Models of ended jobs, which are known by their kinds, and of open ones: all jobs without reading all of them. */
async function readModels(db: Database): Promise<string[]> {
  const ofEnded = db
    .select({ model: turnaroundKinds.model })
    .from(turnaroundKinds)
    .where(
      and(
        ne(turnaroundKinds.model, ""),
        sql`exists (select 1 from ${turnaroundCounts} where ${turnaroundCounts.kindId} = ${turnaroundKinds.id})`,
      ),
    );
  const ofOpen = db
    .select({ model: sql<string>`${jobs.model}` })
    .from(jobs)
    .where(and(sql`${jobs.turnaroundOutcome} = 'unfinished'`, isNotNull(jobs.model)));
  const rows = await union(ofEnded, ofOpen)
    .orderBy(asc(sql`1`))
    .limit(maximumChoices);
  return rows.map((row) => row.model);
}

/** Whether a job set ran in the sandbox; null when it is unknown. */
export async function readIsSimulated(db: Database, jobSetId: string): Promise<boolean | null> {
  const [row] = await db
    .select({ isSimulated: jobSets.isSimulated })
    .from(jobSets)
    .where(eq(jobSets.id, jobSetId));
  return row?.isSimulated ?? null;
}
