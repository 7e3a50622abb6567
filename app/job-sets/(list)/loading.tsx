import { TablePageSkeleton } from "#components/layout/page-skeletons.tsx";

export default function JobSetsLoading() {
  return <TablePageSkeleton title="Job sets" />;
}
