import type { ReactNode } from "react";
import Link from "next/link";
import type { Overview } from "#lib/domain/overview.ts";
import { formatNumber } from "../format.ts";
import { classNames } from "../ui/class-names.ts";

/** The line of figures at the top of the first page. */
export function Figures({ overview }: { overview: Overview }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded border border-line bg-line lg:grid-cols-4">
      <Figure
        name="Running at providers"
        value={overview.runningJobs}
        detail={
          overview.waitingJobs > 0
            ? `and ${formatNumber(overview.waitingJobs)} waiting to be submitted`
            : "none waits to be submitted"
        }
        href="/jobs?status=IN_PROGRESS"
      />
      <Figure name="Ended" value={overview.ended24h} detail="in the last 24 hours" href="/jobs" />
      <Figure
        name="Need attention"
        value={overview.attentionCount}
        detail={overview.attentionCount > 0 ? "see the list below" : "all is well"}
        className={overview.attentionCount > 0 ? "text-partial" : undefined}
      />
      <Figure name="Jobs in all" value={overview.totalJobs} detail="since the first launch" href="/jobs" />
    </dl>
  );
}

type FigureProps = { name: string; value: number; detail: ReactNode; href?: string; className?: string };

function Figure({ name, value, detail, href, className }: FigureProps) {
  const number = formatNumber(value);
  return (
    <div className="flex flex-col bg-panel px-4 py-3">
      <dt className="text-small text-muted">{name}</dt>
      <dd className={classNames("text-title font-semibold", className)}>
        {href ? (
          <Link
            href={href}
            aria-label={`${name}: ${number}`}
            className="rounded-xs hover:text-accent hover:underline"
          >
            {number}
          </Link>
        ) : (
          number
        )}
      </dd>
      <dd className="text-small text-muted">{detail}</dd>
    </div>
  );
}
