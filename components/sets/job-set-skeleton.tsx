import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

/** The shape of a job set's page while its data is on the way. */
export function JobSetSkeleton() {
  return (
    <div aria-busy>
      <PageHeader title="Job set" state="Reading the newest state" />
      <Panel title="Lanes" hasPadding={false} className="mb-4">
        {[0, 1, 2].map((lane) => (
          <div
            key={lane}
            className="grid gap-x-6 gap-y-3 border-b border-line px-4 py-3 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1fr)]"
          >
            <Skeleton className="h-10" />
            <Skeleton className="h-10" />
            <Skeleton className="h-20" />
          </div>
        ))}
      </Panel>
      <Panel>
        <Skeleton className="h-80" />
      </Panel>
    </div>
  );
}
