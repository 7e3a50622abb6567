import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listJobSets } from "#lib/db/queries/list-job-sets.ts";
import { pageSizes } from "#lib/domain/job-list-values.ts";
import { getContext } from "#lib/server-context.ts";
import { JobSetsScreen } from "./job-sets-screen.tsx";
import { loadJobSetSearchParams } from "../search-params.ts";

export const metadata: Metadata = { title: "Job sets" };

export default async function JobSetsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { db } = await getContext();
  const { page } = await loadJobSetSearchParams(searchParams);
  const number = Math.max(1, page);
  return (
    <JobSetsScreen
      initialPage={await listJobSets(db, { page: number, pageSize: pageSizes.jobSets })}
      initialNumber={number}
    />
  );
}
