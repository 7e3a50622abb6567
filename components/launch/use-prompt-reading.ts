import { useEffect, useMemo, useState } from "react";
import type { PromptReading } from "#lib/prompts/prompt-reading.ts";
import type { LaunchDraft, PromptFile } from "./launch-draft.ts";

export type PromptReadingState = {
  /** The prompts of the paste or file as read; null for the built-in set, and while there is nothing to read. */
  reading: PromptReading | null;
  isReading: boolean;
};

/** Pasted text or a chosen file, with the template around each prompt. */
type Source = { from: string | PromptFile; template: string };

const pauseAfterTypingMilliseconds = 150;

/** Reads the user's own prompts in the browser; the reader is loaded only when it is needed. */
export function usePromptReading(
  draft: Pick<LaunchDraft, "promptKind" | "pastedText" | "file" | "template">,
): PromptReadingState {
  const [finished, setFinished] = useState<{ source: Source; reading: PromptReading } | null>(null);
  const from = sourceOf(draft);
  const { template } = draft;
  const source = useMemo<Source | null>(() => (from === null ? null : { from, template }), [from, template]);

  useEffect(() => {
    if (source === null) return undefined;
    let isCurrent = true;
    const read = () =>
      readSource(source)
        .catch(failedReading)
        .then((reading) => isCurrent && setFinished({ source, reading }));
    const timer = setTimeout(
      () => void read(),
      typeof source.from === "string" || source.template !== "" ? pauseAfterTypingMilliseconds : 0,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [source]);

  if (source === null) return { reading: null, isReading: false };
  const isReading = finished?.source !== source;
  return { reading: isReading ? null : finished.reading, isReading };
}

function sourceOf({
  promptKind,
  pastedText,
  file,
}: Pick<LaunchDraft, "promptKind" | "pastedText" | "file">): Source["from"] | null {
  if (promptKind === "paste" && pastedText.trim() !== "") return pastedText;
  if (promptKind === "file" && file?.bytes) return file;
  return null;
}

async function readSource({ from, template: typed }: Source): Promise<PromptReading> {
  const { readPastedPrompts, readPrompts } = await import("#lib/prompts/read-prompts.ts");
  const template = typed.trim() === "" ? undefined : typed;
  if (typeof from === "string") return readPastedPrompts(from, template);
  return readPrompts(from.bytes ?? new Uint8Array(), {
    fileName: from.name,
    column: from.column ?? undefined,
    template,
  });
}

/** The reader is a part of the page that is loaded late; without a connection it does not arrive. */
function failedReading(): PromptReading {
  const message =
    "The prompts could not be read: a part of this page did not load. Reload the page; it keeps what you typed.";
  return {
    format: "text",
    prompts: [],
    columns: [],
    column: null,
    problems: [{ line: null, message }],
    problemCount: 1,
    duplicateCount: 0,
  };
}
