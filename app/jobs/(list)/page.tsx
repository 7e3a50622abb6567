import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { filterAt, jobAddressSchema, pageSizes } from "#lib/domain/job-page.ts";
import { getContext } from "#lib/server-context.ts";
import { JobsScreen } from "./jobs-screen.tsx";
import { loadJobSearchParams } from "../search-params.ts";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { db, clock } = await getContext();
  const values = { ...(await loadJobSearchParams(searchParams)), page: 1, pageSize: pageSizes.jobRows };
  const address = jobAddressSchema.safeParse(values).data ?? jobAddressSchema.parse({});
  const page = await listJobs(db, { ...filterAt(address, clock.now()), pageSize: pageSizes.jobRows });
  return <JobsScreen initial={{ filter: address, page }} />;
}
