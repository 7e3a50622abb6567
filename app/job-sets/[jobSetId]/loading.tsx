import { JobSetSkeleton } from "#components/sets/job-set-skeleton.tsx";

export default function JobSetLoading() {
  return <JobSetSkeleton />;
}
