"use client";

import { CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { formatNumber, formatQuantity } from "#components/format.ts";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { FieldProblem } from "#lib/domain/errors.ts";
import { estimateInputTokens, type LaunchTotals } from "./launch-totals.ts";
import { placeOf } from "./launch-input.ts";
import { ReuseWarning } from "./reuse-warning.tsx";

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

/**
 * What the launch will do, the button that does it, and what stands against it. Much of that arrives late, so it stands
 * where it cannot move the button away from somebody's pointer: below it, and where the summary lies at the bottom of
 * the window, above the line that ends with it.
 */
export function LaunchSummary(props: LaunchSummaryProps) {
  const { totals, promptCount, problems, failure, warnings, usesSandbox, isPending, isReading, onProblem } =
    props;
  return (
    <section
      aria-label="Summary"
      className="flex flex-col gap-3 rounded border border-line bg-panel p-4 max-lg:gap-2 max-lg:p-3 max-lg:shadow-popup"
    >
      <h2 className="font-semibold max-lg:sr-only">Summary</h2>
      <div className="flex flex-col gap-3 max-lg:order-last max-lg:gap-2 sm:max-lg:flex-row sm:max-lg:items-center sm:max-lg:justify-between">
        <TotalsList {...props} />
        <Button type="submit" variant="primary" isPending={isPending || isReading}>
          {launchLabel(totals, problems.length)}
        </Button>
      </div>
      <p className="text-small text-muted max-lg:hidden">
        {usesSandbox
          ? "The providers are simulated: no money is spent."
          : "The providers charge for these requests. Jobs start at once, in random order."}
      </p>
      {failure && (
        <Notice kind="error" title="Nothing was launched">
          {failure}
        </Notice>
      )}
      {/* Where room is scarce these stand at the lanes and prompts alone, and the button leads to the problems. */}
      <div className="flex flex-col gap-2 max-lg:hidden">
        {problems.length > 0 && <ProblemList problems={problems} onProblem={onProblem} />}
        <ReuseWarning requestCount={totals.requestCount} promptCount={promptCount} />
        {warnings}
      </div>
    </section>
  );
}

/** Says what the button will do: "Launch 30 jobs on 3 providers", or that something has to be put right first. */
export function launchLabel(
  { jobCount, providers }: Pick<LaunchTotals, "jobCount" | "providers">,
  problemCount: number,
): string {
  if (problemCount > 0) return `Fix ${formatQuantity(problemCount, "problem")} to launch`;
  if (jobCount === 0) return "Launch";
  return `Launch ${formatQuantity(jobCount, "job")} on ${formatQuantity(providers.length, "provider")}`;
}

function TotalsList({ totals, promptCount, meanPromptLength }: LaunchSummaryProps) {
  const inputTokens = estimateInputTokens(totals, meanPromptLength);
  const rows = [
    { label: "Jobs", value: formatNumber(totals.jobCount) },
    { label: "Requests", value: formatNumber(totals.requestCount) },
    { label: "Prompts", value: formatNumber(promptCount), isExtra: true },
    {
      label: "Input tokens",
      note: ", estimate",
      value: promptCount === 0 ? "unknown" : `≈ ${formatNumber(inputTokens)}`,
    },
    { label: "Output tokens, at most", value: formatNumber(totals.maxOutputTokens), isExtra: true },
  ];
  return (
    <div className="min-w-0 text-small lg:text-base">
      <dl className="flex flex-wrap gap-x-3 gap-y-1 lg:flex-col">
        {rows.map(({ label, note, value, isExtra }) => (
          <div
            key={label}
            className={classNames("flex justify-between gap-x-1.5", isExtra && "max-lg:hidden")}
          >
            <dt className="text-muted">
              {label}
              {note && <span className="max-lg:hidden">{note}</span>}
            </dt>
            <dd className="font-medium whitespace-nowrap tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {totals.isIncomplete && (
        <p className="mt-1 text-small text-muted max-lg:hidden">Lanes that are not complete are left out.</p>
      )}
    </div>
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
    <div className="text-small">
      <p className="flex items-center gap-1.5 font-medium text-failed">
        <CircleX aria-hidden className="size-3.5 shrink-0" />
        {formatQuantity(problems.length, "problem")} before launch
      </p>
      <ul className="mt-1 max-h-40 overflow-y-auto">
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
