import { TablePageSkeleton } from "#components/layout/page-skeletons.tsx";

export default function JobsLoading() {
  return <TablePageSkeleton title="Jobs" hasFilters />;
}
