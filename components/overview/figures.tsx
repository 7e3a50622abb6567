import type { ReactNode } from "react";
import Link from "next/link";
import type { JobCount, Overview } from "#lib/domain/overview.ts";
import { formatNumber } from "../format.ts";
import { classNames } from "../ui/class-names.ts";
import { Time } from "../ui/time.tsx";

type FiguresProps = {
  overview: Overview;
  endedHref: string;
  attentionHref: string;
  /** Computed apart, as it takes longer. */
  median: ReactNode;
};

/** The line of figures at the top of the first page. */
export function Figures({ overview, endedHref, attentionHref, median }: FiguresProps) {
  const { running, waitingJobs, ended, attentionCount } = overview;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded border border-line bg-line lg:grid-cols-4">
      <Figure
        name="Running at providers"
        value={formatNumber(running.jobCount)}
        detail={
          <>
            {waitingJobs > 0 ? (
              <Link href="/jobs?status=IN_PROGRESS&step=submit" className="underline hover:text-ink">
                {formatNumber(waitingJobs)} waiting to be submitted
              </Link>
            ) : (
              "none waits to be submitted"
            )}
            {simulatedPart(running)}
          </>
        }
        href="/jobs?status=IN_PROGRESS&step=poll"
      />
      <Figure
        name={ended.isFirstVisit ? "Ended" : "Ended since your last visit"}
        value={formatNumber(ended.jobCount)}
        detail={
          <>
            {ended.isFirstVisit ? (
              "in the last 24 hours, as this is your first visit"
            ) : (
              <Since moment={ended.since} />
            )}
            {simulatedPart(ended)}
          </>
        }
        href={endedHref}
      />
      <Figure
        name="Need attention"
        value={formatNumber(attentionCount)}
        detail={attentionCount > 0 ? "listed below" : "all is well"}
        className={attentionCount > 0 ? "text-partial" : undefined}
        href={attentionCount > 0 ? attentionHref : undefined}
      />
      {median}
    </dl>
  );
}

function Since({ moment }: { moment: Date }) {
  return (
    <>
      since <Time value={moment} />
    </>
  );
}

/** Said only where both kinds are in one number. */
function simulatedPart({ jobCount, simulatedCount }: JobCount): string {
  if (simulatedCount === 0 || simulatedCount === jobCount) return "";
  return `, ${formatNumber(simulatedCount)} of them simulated`;
}

type FigureProps = {
  name: string;
  value: ReactNode;
  detail: ReactNode;
  href?: string;
  className?: string;
};

/** One figure of the line. */
export function Figure({ name, value, detail, href, className }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col bg-panel px-4 py-3">
      <dt className="text-small text-muted">{name}</dt>
      <dd className={classNames("text-title font-semibold", className)}>
        {href ? (
          <Link
            href={href}
            aria-label={`${name}: ${typeof value === "string" ? value : ""}`}
            className="rounded-xs hover:text-accent hover:underline"
          >
            {value}
          </Link>
        ) : (
          value
        )}
      </dd>
      <dd className="text-small text-muted">{detail}</dd>
    </div>
  );
}
