"use client";

import { useState } from "react";
import { ChevronRight, CircleX } from "lucide-react";
import { lazyPart } from "#components/ui/lazy-part.tsx";
import { isSet, offeredFields } from "./parameter-draft.ts";
import type { LaneParametersProps } from "./parameter-fields.tsx";

const ParameterFields = lazyPart(() => import("./parameter-fields.tsx").then((file) => file.ParameterFields));
const ParameterSummary = lazyPart(() =>
  import("./parameter-summary.tsx").then((file) => file.ParameterSummary),
);

/** What goes into each request beside its prompt: closed at first, with what is set in its heading. */
export function LaneParametersPanel({ path, provider, draft, problems, onChange }: LaneParametersProps) {
  const [wasOpened, setWasOpened] = useState(false);
  const offered = offeredFields(provider);
  const hasProblem = offered.some((field) => problems.messageAt(`${path}.${field}`) !== null);
  return (
    <details className="group border-t border-line" onToggle={() => setWasOpened(true)}>
      <summary
        onPointerEnter={ParameterFields.preload}
        onFocus={ParameterFields.preload}
        className="flex min-h-9 cursor-pointer list-none items-center gap-1.5 px-3 text-small [&::-webkit-details-marker]:hidden"
      >
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted group-open:rotate-90" />
        <span className="font-medium">Parameters</span>
        <span className="min-w-0 truncate text-muted">
          {isSet(draft, provider) ? (
            <ParameterSummary draft={draft} provider={provider} />
          ) : (
            "the provider's own"
          )}
        </span>
        {hasProblem && (
          <span className="flex shrink-0 items-center gap-1 text-failed">
            <CircleX aria-hidden className="size-3.5" />
            problem
          </span>
        )}
      </summary>
      {(wasOpened || isSet(draft, provider)) && (
        <ParameterFields
          path={path}
          provider={provider}
          draft={draft}
          problems={problems}
          onChange={onChange}
        />
      )}
    </details>
  );
}
