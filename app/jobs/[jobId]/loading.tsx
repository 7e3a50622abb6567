import { JobPageSkeleton } from "#components/job/job-page-skeleton.tsx";

export default function JobLoading() {
  return <JobPageSkeleton />;
}
