import type { ProviderTurnaround, RecentTurnaround } from "#lib/domain/recent-turnaround.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import type { TurnaroundSummary } from "#lib/domain/turnaround-summary.ts";
import { scaleOf, SmallCurve } from "../charts/small-curve.tsx";
import type { SmallTimeScale } from "../charts/small-time-scale.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import { ProviderName } from "../provider-name.tsx";
import { Badge } from "../ui/badge.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { TextLink } from "../ui/text-link.tsx";
import { Time } from "../ui/time.tsx";
import { changeWords, medianWords } from "./turnaround-words.ts";

type TurnaroundPanelProps = {
  turnaround: RecentTurnaround;
  /** The comparison of the same jobs. */
  compareHref: (provider: ProviderTurnaround["provider"]) => string;
};

/** How each provider delivers of late: a curve of the last seven days, and the last day against the week before. */
export function TurnaroundPanel({ turnaround, compareHref }: TurnaroundPanelProps) {
  const { providers, isSimulated, hasOtherKind, computedAt, curvesSince } = turnaround;
  const scale = scaleOf(providers.map(({ week }) => week));
  return (
    <Panel
      title={
        <span className="flex flex-wrap items-center gap-2">
          Turnaround, last 7 days
          {isSimulated && providers.length > 0 && <Badge>simulated</Badge>}
        </span>
      }
      hasPadding={false}
      actions={
        <span className="text-small text-muted">
          {hasOtherKind && "simulated jobs are left out, "}as of <Time value={computedAt} show="relative" />
        </span>
      }
    >
      {providers.length === 0 ? (
        <EmptyState title="No job of the last days" isSmall>
          Curves of the jobs that were created at their providers in the last seven days appear here.
        </EmptyState>
      ) : (
        <>
          <ul className="grid divide-y divide-line lg:grid-cols-3 lg:divide-x lg:divide-y-0">
            {providers.map((each) => (
              <ProviderCurve
                key={each.provider}
                turnaround={each}
                scale={scale}
                href={compareHref(each.provider)}
              />
            ))}
          </ul>
          <p className="border-t border-line px-4 py-2 text-small text-muted">
            Share of jobs delivered against the time since their creation, with its 95 % band; dotted where it
            is not known yet. Jobs created since <Time value={curvesSince} />.
          </p>
        </>
      )}
    </Panel>
  );
}

type ProviderCurveProps = { turnaround: ProviderTurnaround; scale: SmallTimeScale; href: string };

function ProviderCurve({ turnaround: { provider, day, weekBefore, week }, scale, href }: ProviderCurveProps) {
  const label = providerLabels[provider];
  return (
    <li className="flex min-w-0 flex-col gap-3 px-4 py-3">
      <h3 className="flex items-center justify-between gap-2">
        <ProviderName provider={provider} className="font-medium" />
        <span className="text-small text-muted">{formatQuantity(week.jobCount, "job")}</span>
      </h3>
      <SmallCurve
        provider={provider}
        name={`${label}, last 7 days`}
        summary={week}
        scale={scale}
        className="h-20"
      />
      <table className="w-full">
        <thead>
          <tr className="text-small text-muted">
            <th scope="col" className="text-left font-normal">
              Created
            </th>
            <th scope="col" className="text-right font-normal">
              Median turnaround
            </th>
            <th scope="col" className="pl-4 text-right font-normal">
              Jobs
            </th>
          </tr>
        </thead>
        <tbody>
          <Median name="Last 24 h" summary={day} />
          <Median name="Week before" summary={weekBefore} />
        </tbody>
      </table>
      <p className="flex justify-between gap-4">
        <span className="text-muted">Change</span>
        <span className="text-right font-medium">{changeWords(day, weekBefore)}</span>
      </p>
      <TextLink href={href} className="self-start text-small">
        Compare {label}’s jobs of these days
      </TextLink>
    </li>
  );
}

function Median({ name, summary }: { name: string; summary: TurnaroundSummary }) {
  return (
    <tr>
      <th scope="row" className="text-left font-normal text-muted">
        {name}
      </th>
      <td className="text-right">{medianWords(summary)}</td>
      <td className="pl-4 text-right">{formatNumber(summary.jobCount)}</td>
    </tr>
  );
}

/** The panel's own size while it is computed, so that nothing jumps. */
export function TurnaroundSkeleton() {
  return (
    <Panel title="Turnaround, last 7 days" hasPadding={false}>
      <div aria-busy className="grid lg:grid-cols-3">
        {[0, 1, 2].map((column) => (
          <div key={column} className="flex flex-col gap-3 px-4 py-3">
            <Skeleton className="h-5 w-24" />
            <Skeleton className="h-24.5" />
            <Skeleton className="h-14" />
            <Skeleton className="h-5" />
            <Skeleton className="h-5 w-40" />
          </div>
        ))}
      </div>
      <div className="border-t border-line px-4 py-2">
        <Skeleton className="h-4.5" />
      </div>
    </Panel>
  );
}
