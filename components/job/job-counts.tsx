import { formatNumber, formatPercent } from "#components/format.ts";
import { JobProgress } from "#components/jobs/progress-bar.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Unknown } from "#components/ui/unknown.tsx";
import type { Job } from "#lib/domain/job.ts";

const parts = [
  { key: "succeeded", label: "Succeeded", color: "bg-succeeded" },
  { key: "failed", label: "Failed", color: "bg-failed" },
  { key: "expired", label: "Expired", color: "bg-timed-out" },
  { key: "cancelled", label: "Cancelled", color: "bg-cancelled-on-demand" },
  { key: "unfinished", label: "Unfinished", color: "bg-waiting" },
] as const;

/** How the job's requests came out, as a bar and in numbers. What the provider has not said is unknown, never 0. */
export function JobCounts({ job }: { job: Job }) {
  const { counts, collected } = job;
  const total = counts.total;
  const tokens = collected?.usage ?? null;
  return (
    <Panel title="Requests">
      <div className="mb-3">
        <JobProgress job={job} />
      </div>
      <dl className="grid grid-cols-[auto_1fr_auto] gap-x-3 gap-y-1.5">
        {parts.map(({ key, label, color }) => (
          <CountRow key={key} label={label} color={color} value={counts[key]} total={total} />
        ))}
        <CountRow label="All requests" color={null} value={total} total={null} />
      </dl>
      <h3 className="mt-4 mb-1.5 text-small font-medium text-muted">Tokens, as the provider counts them</h3>
      {tokens ? (
        <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1.5">
          <TokenRow label="Input" value={tokens.inputTokens} />
          {tokens.cachedTokens !== null && (
            <TokenRow label="from a cache" value={tokens.cachedTokens} isPart />
          )}
          <TokenRow label="Output" value={tokens.outputTokens} />
          {tokens.reasoningTokens !== null && (
            <TokenRow label="for reasoning" value={tokens.reasoningTokens} isPart />
          )}
          <TokenRow label="Total" value={tokens.totalTokens} />
        </dl>
      ) : (
        <p className="text-muted">Known when the results are collected.</p>
      )}
    </Panel>
  );
}

function CountRow({
  label,
  color,
  value,
  total,
}: {
  label: string;
  color: string | null;
  value: number | null;
  total: number | null;
}) {
  return (
    <div className="col-span-3 grid grid-cols-subgrid items-center">
      <span aria-hidden className={`size-2 rounded-full ${color ?? "invisible"}`} />
      <dt className={value === 0 ? "text-muted" : undefined}>{label}</dt>
      <dd className={value === 0 ? "text-right text-muted" : "text-right"}>
        {value === null ? <Unknown /> : formatNumber(value)}
        <span className="ml-2 inline-block w-14 text-muted">
          {value !== null && total !== null && total > 0 && formatPercent(value / total)}
        </span>
      </dd>
    </div>
  );
}

function TokenRow({
  label,
  value,
  isPart = false,
}: {
  label: string;
  value: number | null;
  isPart?: boolean;
}) {
  return (
    <div className={`col-span-2 flex justify-between ${isPart ? "pl-4 text-muted" : ""}`}>
      <dt>{isPart ? `of these ${label}` : label}</dt>
      <dd>{value === null ? <Unknown /> : formatNumber(value)}</dd>
    </div>
  );
}
