import { and, asc, desc, eq, isNotNull, ne, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import type { Database } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { turnaroundCounts, turnaroundKinds } from "#lib/db/schema/turnaround-counts.ts";
import { jobOrigins, type JobOrigin } from "#lib/domain/job-values.ts";

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
  return {
    hasRealJobs: await hasJobs(db, false),
    hasSimulatedJobs: await hasJobs(db, true),
    jobSets: sets,
    models: await readModels(db),
    origins: await readOrigins(db),
  };
}

async function hasJobs(db: Database, isSimulated: boolean): Promise<boolean> {
  const rows = await db.select({ id: jobs.id }).from(jobs).where(eq(jobs.isSimulated, isSimulated)).limit(1);
  return rows.length > 0;
}

/** Each origin that occurs, found by one row each: counting would read all jobs. */
async function readOrigins(db: Database): Promise<ComparisonChoices["origins"]> {
  const kinds = [true, false].flatMap((isSimulated) => jobOrigins.map((origin) => ({ isSimulated, origin })));
  const occurs = await Promise.all(
    kinds.map(async ({ isSimulated, origin }) => {
      const condition = and(eq(jobs.isSimulated, isSimulated), eq(jobs.origin, origin));
      return (await db.select({ id: jobs.id }).from(jobs).where(condition).limit(1)).length > 0;
    }),
  );
  return kinds.filter((_, index) => occurs[index]);
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
