import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import { parameterWords } from "../parameter-words.ts";

/** What every request of a lane carries beside its prompt: in words, and in full when it is opened. */
export function LaneParametersView({ parameters }: { parameters: LaneParameters }) {
  const words = parameterWords(parameters);
  if (words.length === 0) return null;
  return (
    <details className="mt-0.5 text-small text-muted">
      <summary className="cursor-pointer">With {words.join(", ")}</summary>
      <pre className="mt-1 max-h-60 overflow-auto rounded bg-raised px-2 py-1.5 font-mono break-words whitespace-pre-wrap text-ink">
        {JSON.stringify(parameters, null, 2)}
      </pre>
    </details>
  );
}
