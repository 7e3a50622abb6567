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
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Panel title="Needs attention">
          <Skeleton className="h-44" />
        </Panel>
        <Panel title="Providers">
          <Skeleton className="h-32" />
        </Panel>
      </div>
      <TurnaroundSkeleton />
    </div>
  );
}
