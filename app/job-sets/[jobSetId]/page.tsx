import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { jobSetTitle } from "#components/sets/job-set-table.tsx";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { jobFilterSchema } from "#lib/domain/job-page.ts";
import { pageSizes } from "#lib/domain/job-list-values.ts";
import { readJobSet } from "#lib/engine/read-job-set.ts";
import { getContext } from "#lib/server-context.ts";
import { JobSetScreen } from "./job-set-screen.tsx";

type JobSetPageProps = { params: Promise<{ jobSetId: string }> };

const readOnce = cache(async (jobSetId: string) => readJobSet(await getContext(), jobSetId));

export async function generateMetadata({ params }: JobSetPageProps): Promise<Metadata> {
  const jobSet = await readOnce((await params).jobSetId);
  return { title: jobSet ? jobSetTitle(jobSet) : "Not found" };
}

export default async function JobSetPage({ params }: JobSetPageProps) {
  const { jobSetId } = await params;
  const jobSet = await readOnce(jobSetId);
  if (!jobSet) notFound();
  const { db } = await getContext();
  const jobPage = await listJobs(db, jobFilterSchema.parse({ jobSetId, pageSize: pageSizes.jobRows }));
  return <JobSetScreen initial={jobSet} initialJobs={jobPage} />;
}
