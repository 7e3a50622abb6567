"use client";

import { CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { formatNumber } from "#components/format.ts";
import { lazyPart, usePreload } from "#components/ui/lazy-part.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { LaunchDraft, LaunchDraftAction, LaunchSettings, PromptKind } from "./launch-draft.ts";
import { PromptPreview } from "./prompt-preview.tsx";
import type { PromptReadingState } from "./use-prompt-reading.ts";

const OwnPrompts = lazyPart(() => import("./own-prompts.tsx").then((file) => file.OwnPrompts));
const PromptReadingReport = lazyPart(() =>
  import("./prompt-reading-report.tsx").then((file) => file.PromptReadingReport),
);

type PromptsPanelProps = {
  draft: LaunchDraft;
  settings: LaunchSettings;
  readingState: PromptReadingState;
  error: string | null;
  /** What speaks against these prompts and does not stop the launch. */
  warning: ReactNode;
  edit: (action: LaunchDraftAction) => void;
};

const kinds: readonly { value: PromptKind; label: string }[] = [
  { value: "builtIn", label: "Built-in set" },
  { value: "paste", label: "Paste" },
  { value: "file", label: "File" },
];

/** Where the prompts come from, with the first three of them and everything that is wrong with them. */
export function PromptsPanel({ draft, settings, readingState, error, warning, edit }: PromptsPanelProps) {
  usePreload(OwnPrompts);
  const { reading, isReading } = readingState;
  return (
    <Panel title="Prompts">
      <div data-field="prompts" className="flex flex-col gap-3">
        <SegmentedControl
          aria-label="Source of the prompts"
          value={draft.promptKind}
          options={kinds}
          onValueChange={(promptKind) => edit({ type: "promptKind", promptKind })}
        />
        {draft.promptKind === "builtIn" && (
          <>
            <p className="text-muted">
              {formatNumber(settings.builtInPrompts.count)} different questions and tasks in English, written
              for Batchmark. No two are alike, so a provider cannot answer from a cache.
            </p>
            <PromptPreview prompts={settings.builtInPrompts.preview} total={settings.builtInPrompts.count} />
          </>
        )}
        {draft.promptKind !== "builtIn" && <OwnPrompts draft={draft} reading={reading} edit={edit} />}
        {warning}
        {isReading && <p className="text-small text-muted">Reading the prompts…</p>}
        {error && (
          <p role="alert" className="flex items-start gap-1.5 text-small text-failed">
            <CircleX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            <span>{error}</span>
          </p>
        )}
        {reading && <PromptReadingReport reading={reading} />}
      </div>
    </Panel>
  );
}
