import { createLoader, parseAsInteger } from "nuqs/server";
import { recentJobsLimits } from "#lib/domain/account-job.ts";

/** How far the page looks back, as it stands in the address. */
export const recentJobsSearchParams = { hours: parseAsInteger.withDefault(recentJobsLimits.defaultHours) };

export const loadRecentJobsSearchParams = createLoader(recentJobsSearchParams);
