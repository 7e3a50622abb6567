import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import type { StartingPoint } from "#lib/domain/recipe.ts";
import { draftFrom, type LaunchDraft, type LaunchDraftAction, type PromptFile } from "./launch-draft.ts";

export type Filling = {
  isFilling: boolean;
  /** What the form was filled from; null when it was not. */
  origin: string | null;
  /** Why its prompts are not there; everything else is. */
  problem: string | null;
  /** Puts back what had been typed before; null when nothing had. */
  undo: (() => void) | null;
};

type Form = {
  draft: LaunchDraft;
  isReady: boolean;
  isUntouched: boolean;
  edit: (action: LaunchDraftAction) => void;
};

type Filled = { origin: string; problem: string | null; earlier: LaunchDraft | null };

/**
 * Fills the form once from a recipe or an earlier job set, then takes it out of the address, so that a reload keeps
 * later edits. What had been typed before can be brought back.
 */
export function useStartingPoint(start: StartingPoint | null, form: Form): Filling {
  const router = useRouter();
  const [filled, setFilled] = useState<Filled | null>(null);
  const [isFilling, setIsFilling] = useState(false);
  const { isReady } = form;
  const onRead = useEffectEvent((from: StartingPoint, { file, problem }: OwnPrompts) => {
    form.edit({ type: "replace", draft: draftFrom(from, file) });
    setFilled({ origin: from.origin, problem, earlier: form.isUntouched ? null : form.draft });
    setIsFilling(false);
    router.replace("/launch", { scroll: false });
  });

  useEffect(() => {
    if (!start || !isReady) return undefined;
    const abort = new AbortController();
    const fill = async () => {
      setIsFilling(true);
      const own = await readOwnPrompts(start, abort.signal);
      if (!abort.signal.aborted) onRead(start, own);
    };
    void fill();
    return () => abort.abort();
  }, [start, isReady]);

  const earlier = filled?.earlier;
  return {
    isFilling: isFilling || (start !== null && !isReady),
    origin: filled?.origin ?? null,
    problem: filled?.problem ?? null,
    undo: earlier
      ? () => {
          form.edit({ type: "replace", draft: earlier });
          setFilled(null);
        }
      : null,
  };
}

type OwnPrompts = { file: PromptFile | null; problem: string | null };

async function readOwnPrompts({ promptsHref }: StartingPoint, signal: AbortSignal): Promise<OwnPrompts> {
  if (promptsHref === null) return { file: null, problem: null };
  try {
    const response = await fetch(promptsHref, { signal, cache: "no-store" });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return {
      file: { name: "prompts.jsonl", sizeBytes: bytes.byteLength, bytes, column: null },
      problem: null,
    };
  } catch {
    return {
      file: null,
      problem:
        "Its own prompts could not be read, so the built-in ones are chosen. Try it again, or add a file.",
    };
  }
}
