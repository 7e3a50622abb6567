import { formatQuantity } from "#components/format.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Comparison } from "#lib/domain/comparison.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";

/** What the numbers mean and which jobs are not in them. */
export function MethodNote({ comparison }: { comparison: Comparison }) {
  const excluded = comparison.groups.filter((group) => group.excludedCount > 0);
  const other = comparison.isSimulated ? "Real" : "Simulated";
  return (
    <Panel title="How this is computed">
      <div className="flex max-w-prose flex-col gap-2 text-muted">
        <p>
          Turnaround runs from the provider&apos;s creation time to its end time, both by the provider&apos;s
          clock. A job is delivered when it ends with results, even partial ones.
        </p>
        <p>
          The curve is the cumulative incidence of delivery (Aalen–Johansen) with 95 % intervals. Unfinished
          jobs count with their present age, cancelled ones until they were cancelled: dropping either would
          make a provider look faster than it is. Failed, expired and timed-out jobs are competing outcomes:
          they stay in the count and are never delivered.
        </p>
        <p>
          The log-rank test compares the rates of delivery of the providers that have delivered at least once;
          jobs that end without delivery count there as open until their end.
        </p>
        {excluded.map((group) => (
          <p key={group.provider} className="text-ink">
            Left out: {formatQuantity(group.excludedCount, "job")} of {providerLabels[group.provider]},
            because the provider gave no creation or end time.
          </p>
        ))}
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
