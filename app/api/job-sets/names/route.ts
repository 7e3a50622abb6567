import { listJobSetNames } from "#lib/db/queries/list-job-sets.ts";
import { pageSizes } from "#lib/domain/job-list-values.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../../respond.ts";

/** Ids and names of the newest job sets, as `JobSetName`s. */
export function GET(): Promise<Response> {
  return respond(async () => {
    const { db } = await getContext();
    return listJobSetNames(db, pageSizes.jobSets);
  });
}
