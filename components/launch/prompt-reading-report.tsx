import { TriangleAlert } from "lucide-react";
import { formatNumber, formatQuantity } from "#components/format.ts";
import type { PromptReading } from "#lib/prompts/prompt-reading.ts";
import { PromptPreview } from "./prompt-preview.tsx";

const formatNames: Record<PromptReading["format"], string> = {
  text: "text, one prompt a line",
  csv: "CSV",
  jsonl: "JSON Lines",
};

/** What was read: how many prompts, the first of them, and each line that could not be used with its reason. */
export function PromptReadingReport({ reading }: { reading: PromptReading }) {
  const { prompts, problems, problemCount, duplicateCount } = reading;
  return (
    <div className="flex flex-col gap-3">
      <p aria-live="polite">
        <span className="font-medium">{formatQuantity(prompts.length, "prompt")}</span>{" "}
        <span className="text-muted">
          read as {formatNames[reading.format]}
          {duplicateCount > 0 && `, ${formatNumber(duplicateCount)} of them repeated`}
        </span>
      </p>
      {problemCount > 0 && (
        <div>
          <p className="flex items-center gap-1.5 font-medium text-partial">
            <TriangleAlert aria-hidden className="size-4 shrink-0" />
            {prompts.length === 0
              ? "Nothing could be used"
              : `${formatQuantity(problemCount, "line")} left out; the others are used`}
          </p>
          <ul
            aria-label="Problems in the prompts"
            tabIndex={0}
            className="mt-1 max-h-40 overflow-y-auto rounded border border-line text-small"
          >
            {problems.map((problem, index) => (
              <li key={index} className="flex gap-3 border-b border-line px-3 py-1.5 last:border-b-0">
                <span className="w-16 shrink-0 text-muted tabular-nums">
                  {problem.line === null ? "File" : `Line ${formatNumber(problem.line)}`}
                </span>
                <span className="min-w-0 break-words">{problem.message}</span>
              </li>
            ))}
            {problemCount > problems.length && (
              <li className="px-3 py-1.5 text-muted">
                and {formatNumber(problemCount - problems.length)} more
              </li>
            )}
          </ul>
        </div>
      )}
      {prompts.length > 0 && <PromptPreview prompts={prompts} total={prompts.length} />}
    </div>
  );
}
