import type { AppContext } from "#lib/context.ts";
import { countTurnarounds } from "#lib/db/queries/count-turnarounds.ts";
import { getJobSet } from "#lib/db/queries/get-job-set.ts";
import { comparisonFilterSchema } from "#lib/domain/comparison-filter.ts";
import type { JobSetDetail } from "#lib/domain/job-set-summary.ts";
import { summariseTurnaround } from "./summarise-turnaround.ts";

/** A job set with the state and the turnaround of its lanes; null when the id is unknown. */
export async function readJobSet(
  { db, clock }: Pick<AppContext, "db" | "clock">,
  jobSetId: string,
): Promise<JobSetDetail | null> {
  const jobSet = await getJobSet(db, jobSetId);
  if (!jobSet) return null;
  const now = clock.now();
  const selection = { ...comparisonFilterSchema.parse({ jobSetId }), isSimulated: jobSet.isSimulated };
  const counted = await countTurnarounds(db, selection, { byLane: true });
  const ofLanes = jobSet.lanes.map((lane) => {
    const own = counted.filter(({ laneId }) => laneId === lane.id);
    return [lane.id, summariseTurnaround(own, now)] as const;
  });
  return { ...jobSet, laneTurnarounds: Object.fromEntries(ofLanes) };
}
