import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

const results = [0, 1, 2, 3, 4];

/** The shape of a job's page while its data is on the way: the same panels in the same places. */
export function JobPageSkeleton() {
  return (
    <div aria-busy>
      <PageHeader title="Job" state="Reading the newest state" actions={<Skeleton className="h-8 w-72" />} />
      <div className="flex flex-col gap-4">
        <Panel title="Timeline">
          <Skeleton className="h-36 max-md:h-80" />
        </Panel>
        <div className="grid gap-4 lg:grid-cols-2">
          <Panel title="Requests">
            <Skeleton className="h-72" />
          </Panel>
          <Panel title="Facts">
            <Skeleton className="h-72" />
          </Panel>
        </div>
        <Panel title="Results" hasPadding={false}>
          {results.map((row) => (
            <div key={row} className="flex h-20 items-start gap-4 border-b border-line p-4 last:border-b-0">
              <Skeleton className="h-4 w-24" />
              <Skeleton className="h-4 flex-1" />
              <Skeleton className="h-4 flex-1 max-sm:hidden" />
            </div>
          ))}
        </Panel>
      </div>
    </div>
  );
}
