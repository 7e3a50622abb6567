import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { readErrorKinds } from "#lib/engine/read-error-kinds.ts";
import { readJob } from "#lib/engine/read-job.ts";
import { readResults } from "#lib/engine/read-results.ts";
import { getContext } from "#lib/server-context.ts";
import { JobScreen } from "./job-screen.tsx";
import { loadResultSearchParams, resultFilterOf } from "./search-params.ts";

export const metadata: Metadata = { title: "Job" };

type JobPageProps = {
  params: Promise<{ jobId: string }>;
  searchParams: Promise<SearchParams>;
};

export default async function JobPage({ params, searchParams }: JobPageProps) {
  const { jobId } = await params;
  const filter = resultFilterOf(await loadResultSearchParams(searchParams));
  const context = await getContext();
  const [detail, results, errorKinds] = await Promise.all([
    readJob(context, jobId),
    readResults(context.db, jobId, filter),
    readErrorKinds(context, jobId),
  ]);
  if (!detail || !results) notFound();
  const { collectedAt } = detail.job.observed;
  return (
    <JobScreen
      key={jobId}
      initialDetail={detail}
      initialResults={{ filter, page: results, collectedAt }}
      initialErrorKinds={errorKinds}
    />
  );
}
