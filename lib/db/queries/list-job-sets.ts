import { asc, count, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobSets, type JobSetRow } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { lanes, type LaneRow } from "#lib/db/schema/lanes.ts";
import type { JobSetName } from "#lib/domain/job-set-names.ts";
import type { JobSetPage, JobSetSummary, LaneSummary, PartialCounts } from "#lib/domain/job-set-summary.ts";
import { userStatuses } from "#lib/domain/user-status.ts";
import { emptyStatusCounts } from "./status-counts.ts";

/** One page of job sets, newest first, with the state of their lanes. */
export async function listJobSets(
  db: Database,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<JobSetPage> {
  const sets = await db
    .select()
    .from(jobSets)
    .orderBy(desc(jobSets.launchedAt), desc(jobSets.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const [all] = await db.select({ value: count() }).from(jobSets);
  return { jobSets: await summarise(db, sets), total: all?.value ?? 0 };
}

/** The newest job sets without their state, which takes reading all of their jobs. */
export function listJobSetNames(db: Database, limit: number): Promise<JobSetName[]> {
  return db
    .select({ id: jobSets.id, name: jobSets.name })
    .from(jobSets)
    .orderBy(desc(jobSets.launchedAt), desc(jobSets.id))
    .limit(limit);
}

/** The job sets with the state of their lanes, in the order given. */
export async function summarise(db: Database, sets: JobSetRow[]): Promise<JobSetSummary[]> {
  if (sets.length === 0) return [];
  const ids = sets.map((set) => set.id);
  const laneRows = await db
    .select()
    .from(lanes)
    .where(inArray(lanes.jobSetId, ids))
    .orderBy(asc(lanes.position));
  const tallies = await readLaneTallies(db, ids);
  return sets.map((set) =>
    summariseSet(
      set,
      laneRows.filter((lane) => lane.jobSetId === set.id),
      tallies,
    ),
  );
}

type LaneTally = Pick<LaneSummary, "statusCounts" | "partialCounts" | "submittedCount" | "waitingCount">;

const emptyTally = (): LaneTally => ({
  statusCounts: emptyStatusCounts(),
  partialCounts: { SUCCEEDED: 0, FAILED: 0 },
  submittedCount: 0,
  waitingCount: 0,
});

async function readLaneTallies(db: Database, jobSetIds: string[]): Promise<Map<string, LaneTally>> {
  const rows = await db
    .select({
      laneId: jobs.laneId,
      status: jobs.userStatus,
      value: count(),
      partial: sql<number>`count(*) filter (where ${eq(jobs.turnaroundOutcome, "partial")})`.mapWith(Number),
      waiting: sql<number>`count(*) filter (where ${eq(jobs.step, "submit")})`.mapWith(Number),
      submitted: sql<number>`count(*) filter (where ${isNotNull(jobs.providerJobId)})`.mapWith(Number),
    })
    .from(jobs)
    .where(inArray(jobs.jobSetId, jobSetIds))
    .groupBy(jobs.laneId, jobs.userStatus);
  const tallies = new Map<string, LaneTally>();
  for (const row of rows) {
    if (row.laneId === null) continue;
    const tally = tallies.get(row.laneId) ?? emptyTally();
    tally.statusCounts[row.status] = row.value;
    if (row.status === "SUCCEEDED" || row.status === "FAILED") tally.partialCounts[row.status] = row.partial;
    tally.submittedCount += row.submitted;
    tally.waitingCount += row.waiting;
    tallies.set(row.laneId, tally);
  }
  return tallies;
}

function summariseSet(set: JobSetRow, laneRows: LaneRow[], tallies: Map<string, LaneTally>): JobSetSummary {
  const laneSummaries = laneRows.map((lane): LaneSummary => {
    const tally = tallies.get(lane.id) ?? emptyTally();
    const { jobSetId: _jobSetId, ...rest } = lane;
    return { ...rest, ...tally };
  });
  const statusCounts = emptyStatusCounts();
  const partialCounts: PartialCounts = { SUCCEEDED: 0, FAILED: 0 };
  for (const lane of laneSummaries) {
    partialCounts.SUCCEEDED += lane.partialCounts.SUCCEEDED;
    partialCounts.FAILED += lane.partialCounts.FAILED;
    for (const status of userStatuses) statusCounts[status] += lane.statusCounts[status];
  }
  return {
    ...set,
    jobCount: laneSummaries.reduce((sum, lane) => sum + lane.jobCount, 0),
    submittedCount: laneSummaries.reduce((sum, lane) => sum + lane.submittedCount, 0),
    waitingCount: laneSummaries.reduce((sum, lane) => sum + lane.waitingCount, 0),
    statusCounts,
    partialCounts,
    lanes: laneSummaries,
  };
}
