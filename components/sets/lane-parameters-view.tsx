import { Fragment } from "react";
import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import { parameterEntries, parameterWords } from "../parameter-words.ts";

/** What every request of a lane carries beside its prompt: in words, and in full when it is opened. */
export function LaneParametersView({ parameters }: { parameters: LaneParameters }) {
  const words = parameterWords(parameters);
  if (words.length === 0) return null;
  return (
    <details className="mt-0.5 text-small text-muted">
      <summary className="cursor-pointer">With {words.join(", ")}</summary>
      <dl className="mt-1 grid max-h-60 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 overflow-auto rounded bg-raised px-2 py-1.5">
        {parameterEntries(parameters).map(({ label, text }) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd className="break-words whitespace-pre-wrap text-ink">{text}</dd>
          </Fragment>
        ))}
      </dl>
    </details>
  );
}
