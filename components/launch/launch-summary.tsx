"use client";

import { CircleX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { formatNumber } from "#components/format.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { FieldProblem } from "#lib/domain/errors.ts";
import { estimateInputTokens, type LaunchTotals } from "./launch-totals.ts";
import { placeOf } from "./launch-input.ts";

type LaunchSummaryProps = {
  totals: LaunchTotals;
  promptCount: number;
  meanPromptLength: number;
  problems: readonly FieldProblem[];
  /** What the server answered to the last try, when it is not about one field. */
  failure: string | null;
  /** What speaks against the launch and does not stop it. */
  warnings: ReactNode;
  usesSandbox: boolean;
  isPending: boolean;
  isReading: boolean;
  onProblem: (field: string) => void;
};

/** What the launch will do, what stands against it, and the button that does it. */
export function LaunchSummary(props: LaunchSummaryProps) {
  const { totals, promptCount, problems, failure, warnings, usesSandbox, isPending, isReading, onProblem } =
    props;
  const isReusing = promptCount > 0 && totals.requestCount > promptCount;
  return (
    <section aria-label="Summary" className="rounded border border-line bg-panel p-4 max-lg:shadow-popup">
      <h2 className="mb-2 font-semibold max-lg:sr-only">Summary</h2>
      <TotalsList {...props} />
      {isReusing && (
        <p className="mt-3 flex items-start gap-1.5 text-small text-partial max-lg:mt-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>
            {formatNumber(totals.requestCount)} requests share {formatNumber(promptCount)}{" "}
            {promptCount === 1 ? "prompt" : "prompts"}: each is sent about{" "}
            {formatNumber(Math.ceil(totals.requestCount / promptCount))} times. Repeats may be answered from a
            cache.
          </span>
        </p>
      )}
      {warnings}
      {problems.length > 0 && <ProblemList problems={problems} onProblem={onProblem} />}
      {failure && (
        <Notice kind="error" className="mt-3" title="Nothing was launched">
          {failure}
        </Notice>
      )}
      <Button type="submit" variant="primary" className="mt-3 w-full" isPending={isPending || isReading}>
        {launchLabel(totals)}
      </Button>
      <p className="mt-2 text-small text-muted max-lg:hidden">
        {usesSandbox
          ? "The providers are simulated: no money is spent."
          : "The providers charge for these requests. Jobs start at once, in random order."}
      </p>
    </section>
  );
}

/** Says what the button will do: "Launch 30 jobs on 3 providers". */
export function launchLabel({ jobCount, providers }: Pick<LaunchTotals, "jobCount" | "providers">): string {
  if (jobCount === 0) return "Launch";
  const jobs = `${formatNumber(jobCount)} ${jobCount === 1 ? "job" : "jobs"}`;
  return `Launch ${jobs} on ${providers.length} ${providers.length === 1 ? "provider" : "providers"}`;
}

function TotalsList({ totals, promptCount, meanPromptLength }: LaunchSummaryProps) {
  const inputTokens = estimateInputTokens(totals, meanPromptLength);
  const rows = [
    { label: "Jobs", value: formatNumber(totals.jobCount) },
    { label: "Requests", value: formatNumber(totals.requestCount) },
    { label: "Prompts", value: formatNumber(promptCount) },
    {
      label: "Input tokens, estimate",
      value: promptCount === 0 ? "unknown" : `≈ ${formatNumber(inputTokens)}`,
    },
    { label: "Output tokens, at most", value: formatNumber(totals.maxOutputTokens) },
  ];
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-1 sm:max-lg:grid-cols-5 lg:grid-cols-1">
        {rows.map(({ label, value }) => (
          <div key={label} className="flex justify-between gap-2 sm:max-lg:flex-col max-sm:last:hidden">
            <dt className="text-muted">{label}</dt>
            <dd className="font-medium whitespace-nowrap tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {totals.isIncomplete && (
        <p className="mt-1 text-small text-muted">Lanes that are not complete are left out.</p>
      )}
    </>
  );
}

function ProblemList({
  problems,
  onProblem,
}: {
  problems: readonly FieldProblem[];
  onProblem: (field: string) => void;
}) {
  return (
    <div className="mt-3 text-small">
      <p className="flex items-center gap-1.5 font-medium text-failed">
        <CircleX aria-hidden className="size-3.5 shrink-0" />
        {problems.length === 1 ? "1 problem" : `${formatNumber(problems.length)} problems`} before launch
      </p>
      <ul className="mt-1 max-h-40 overflow-y-auto max-lg:max-h-20">
        {problems.map((problem) => (
          <li key={problem.field}>
            <button
              type="button"
              className="w-full rounded-xs py-0.5 text-left hover:underline"
              onClick={() => onProblem(problem.field)}
            >
              <span className="font-medium">{placeOf(problem.field)}:</span> {problem.message}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
