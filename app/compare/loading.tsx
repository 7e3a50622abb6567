import { PanelPageSkeleton } from "#components/layout/page-skeletons.tsx";

export default function CompareLoading() {
  return <PanelPageSkeleton title="Compare" hasFilters />;
}
