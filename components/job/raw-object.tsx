"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Panel } from "#components/ui/panel.tsx";
import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";

/** The provider's object as it last came, folded away until somebody wants it. */
export function RawObject({ raw, provider }: { raw: unknown; provider: ProviderId }) {
  const [isOpen, setIsOpen] = useState(false);
  if (raw === null || raw === undefined) return null;
  return (
    <Panel hasPadding={false}>
      <details className="group" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary className="flex cursor-pointer list-none items-center gap-1.5 px-4 py-2.5 font-semibold [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted group-open:rotate-90" />
          {providerLabels[provider]}&apos;s object, as it last came
        </summary>
        {isOpen && <JsonText value={raw} className="border-t border-line" />}
      </details>
    </Panel>
  );
}

/** JSON as indented text that can be scrolled by keyboard. */
export function JsonText({ value, className = "" }: { value: unknown; className?: string }) {
  return (
    <pre
      tabIndex={0}
      aria-label="JSON"
      role="group"
      className={`max-h-[32rem] overflow-auto px-4 py-3 font-mono text-tiny whitespace-pre-wrap [overflow-wrap:anywhere] ${className}`}
    >
      {typeof value === "string" ? value : JSON.stringify(value, null, 2)}
    </pre>
  );
}
