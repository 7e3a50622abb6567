import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

const rows = Array.from({ length: 10 }, (_, index) => index);

/** The shape of a page with a table while its data is on the way. */
export function TablePageSkeleton({ title, hasFilters = false }: { title: string; hasFilters?: boolean }) {
  return (
    <div aria-busy>
      <PageHeader title={title} state="Reading the newest state" />
      {hasFilters && (
        <div className="mb-3 flex flex-col gap-2">
          <Skeleton className="h-8" />
          <Skeleton className="h-8 max-w-2xl" />
        </div>
      )}
      <Panel hasPadding={false}>
        {rows.map((row) => (
          <div key={row} className="flex h-9 items-center gap-4 border-b border-line px-4 last:border-b-0">
            <Skeleton className="h-4 w-28" />
            <Skeleton className="h-4 flex-1" />
            <Skeleton className="h-4 w-24 max-sm:hidden" />
          </div>
        ))}
      </Panel>
    </div>
  );
}

/** The shape of a page of panels while its data is on the way. */
export function PanelPageSkeleton({ title, hasFilters = false }: { title: string; hasFilters?: boolean }) {
  return (
    <div aria-busy>
      <PageHeader title={title} state="Reading the newest state" />
      <div className="flex flex-col gap-4">
        {hasFilters && <Skeleton className="h-8" />}
        {["h-24", "h-80", "h-48"].map((height) => (
          <Panel key={height}>
            <Skeleton className={height} />
          </Panel>
        ))}
      </div>
    </div>
  );
}
