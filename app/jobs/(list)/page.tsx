import type { Metadata } from "next";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { filterAt, jobAddressSchema } from "#lib/domain/job-page.ts";
import { pageSizes } from "#lib/domain/job-list-values.ts";
import { getContext } from "#lib/server-context.ts";
import { JobsScreen } from "./jobs-screen.tsx";
import { readJobSearchParams } from "../search-params.ts";

export const metadata: Metadata = { title: "Jobs" };

type JobsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function JobsPage({ searchParams }: JobsPageProps) {
  const { db, clock } = await getContext();
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(await searchParams)) params.set(key, [value].flat()[0] ?? "");
  const values = { ...readJobSearchParams(params), page: 1, pageSize: pageSizes.jobRows };
  const address = jobAddressSchema.safeParse(values).data ?? jobAddressSchema.parse({});
  const page = await listJobs(db, { ...filterAt(address, clock.now()), pageSize: pageSizes.jobRows });
  return <JobsScreen initial={{ filter: address, page }} />;
}
