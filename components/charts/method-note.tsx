import { formatQuantity } from "#components/format.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Comparison } from "#lib/domain/comparison.ts";
import { chartGroupsOf } from "./chart-groups.ts";

const precisions: Record<Comparison["precision"], string> = {
  exact: "Times are as the provider gave them.",
  second: "Times are rounded to whole seconds.",
  bin: "Times are exact to about 6 %, because there are so many jobs.",
};

/** What the numbers mean and which jobs are not in them. */
export function MethodNote({ comparison }: { comparison: Comparison }) {
  const groups = chartGroupsOf(comparison);
  const excluded = groups.filter(({ group }) => group.excludedCount > 0);
  const intervals = groups.filter(({ group }) => group.intervalCount > 0);
  const other = comparison.isSimulated ? "Real" : "Simulated";
  return (
    <Panel title="How this is computed">
      <div className="flex max-w-prose flex-col gap-2 text-muted">
        <p>
          Turnaround runs from the provider&apos;s creation time to its end time, both by the provider&apos;s
          clock. {precisions[comparison.precision]} A job is delivered when it ends with results, even partial
          ones.
        </p>
        <p>
          “Delivered” is the cumulative incidence of delivery (Aalen–Johansen) with 95 % intervals. Unfinished
          jobs count with their present age, cancelled ones until they were cancelled: dropping either would
          make a provider look faster than it is. Failed, expired and timed-out jobs are competing outcomes:
          they stay in the count and are never delivered. “Ended” is one minus the Kaplan–Meier estimate of
          any end.
        </p>
        <p>
          The log-rank test compares the rates of delivery of the groups that have delivered at least once;
          jobs that end without delivery count there as open until their end. Histogram, boxes, stages and
          throughput describe ended jobs alone: while jobs are open they show too little of the slow ones.
        </p>
        {excluded.map(({ key, label, group }) => (
          <p key={key} className="text-ink">
            Left out: {formatQuantity(group.excludedCount, "job")} of {label}, because the provider gave no
            creation time, or no end time and we did not see the end.
          </p>
        ))}
        {intervals.map(({ key, label, group }) => (
          <p key={key} className="text-ink">
            {formatQuantity(group.intervalCount, "job")} of {label} ended without an end time of the provider:
            known to lie between two of our checks.
          </p>
        ))}
        {comparison.hiddenGroupCount > 0 && (
          <p className="text-ink">
            Not shown: {formatQuantity(comparison.hiddenGroupCount, "group")} with fewer jobs. Narrow the
            choice to see them.
          </p>
        )}
        {comparison.hasOtherKind && (
          <p className="text-ink">{other} jobs exist too and are never mixed into these.</p>
        )}
        <p>
          Computed <Time value={comparison.computedAt} show="moment" precision="second" />.
        </p>
      </div>
    </Panel>
  );
}
