import { PanelPageSkeleton } from "#components/layout/page-skeletons.tsx";

export default function StorageLoading() {
  return <PanelPageSkeleton title="Storage" />;
}
