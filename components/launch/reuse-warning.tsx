import { TriangleAlert } from "lucide-react";
import { formatNumber, formatQuantity } from "#components/format.ts";
import { classNames } from "#components/ui/class-names.ts";

type ReuseWarningProps = { requestCount: number; promptCount: number; isOnlyBelowSummary?: boolean };

/** Says that prompts are sent more than once, which makes answers from a cache likely. */
export function ReuseWarning({ requestCount, promptCount, isOnlyBelowSummary = false }: ReuseWarningProps) {
  if (promptCount === 0 || requestCount <= promptCount) return null;
  return (
    <p
      className={classNames(
        "flex items-start gap-1.5 text-small text-partial",
        isOnlyBelowSummary && "lg:hidden",
      )}
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>
        {formatNumber(requestCount)} requests share {formatQuantity(promptCount, "prompt")}: each is sent
        about {formatNumber(Math.ceil(requestCount / promptCount))} times. Repeats may be answered from a
        cache.
      </span>
    </p>
  );
}
