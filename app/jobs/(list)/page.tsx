import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { jobFilterSchema } from "#lib/domain/job-page.ts";
import { getContext } from "#lib/server-context.ts";
import { JobsScreen } from "./jobs-screen.tsx";
import { loadJobSearchParams } from "../search-params.ts";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { db } = await getContext();
  const values = await loadJobSearchParams(searchParams);
  const filter = jobFilterSchema.safeParse(values).data ?? jobFilterSchema.parse({});
  return <JobsScreen initialPage={await listJobs(db, filter)} initialFilter={filter} />;
}
