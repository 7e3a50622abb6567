import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { TurnaroundSkeleton } from "./turnaround-panel.tsx";

/** The shape of the first page while its data is on the way. */
export function OverviewSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4">
      <PageHeader title="Overview" state="Reading the newest state" />
      <div className="-mt-4 grid grid-cols-2 gap-px overflow-hidden rounded border border-line bg-line lg:grid-cols-4">
        {[0, 1, 2, 3].map((figure) => (
          <div key={figure} className="flex flex-col gap-1.5 bg-panel px-4 py-3">
            <Skeleton className="h-3.5 w-28" />
            <Skeleton className="h-6 w-16" />
            <Skeleton className="h-3.5 w-32" />
          </div>
        ))}
      </div>
      <Panel title="Needs attention">
        <Skeleton className="h-44" />
      </Panel>
      <Panel title="Providers">
        <Skeleton className="h-24 lg:h-6" />
      </Panel>
      <TurnaroundSkeleton />
    </div>
  );
}
