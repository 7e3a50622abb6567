import type { LaunchDraft } from "./launch-draft.ts";
import type { KeptPrompts } from "./kept-prompts.ts";

const none: KeptPrompts = { pastedText: null, file: null };

/** What the browser keeps at present, as far as this page knows, so that 50 MB are not written at each key. */
let kept = none;
/** Writes happen one after another: the last one counts. */
let writing = Promise.resolve();

/** Keeps the prompts of a draft that its text leaves out, or forgets them when there are none any more. */
export function saveLargePrompts(large: KeptPrompts): void {
  const isSame = large.pastedText === kept.pastedText && large.file?.bytes === kept.file?.bytes;
  if (isSame) return;
  kept = large;
  const isEmpty = large.pastedText === null && large.file === null;
  writing = writing
    .then(async () => {
      const store = await import("./kept-prompts.ts");
      await (isEmpty ? store.forgetPrompts() : store.keepPrompts(large));
      // The part of the page that writes may not arrive: a reload then asks for the file again.
    }, ignore)
    .catch(ignore);
}

/** A draft with the prompts that were kept apart; without them where they are gone or belong to another draft. */
export async function withLargePrompts(draft: LaunchDraft, isPasteApart: boolean): Promise<LaunchDraft> {
  const isFileApart = draft.file !== null && draft.file.bytes === null;
  if (!isPasteApart && !isFileApart) return draft;
  const store = await import("./kept-prompts.ts").catch(() => null);
  kept = (await store?.loadPrompts()) ?? none;
  const { file } = draft;
  const isThisFile = kept.file?.name === file?.name && kept.file?.bytes.byteLength === file?.sizeBytes;
  return {
    ...draft,
    pastedText: isPasteApart ? (kept.pastedText ?? "") : draft.pastedText,
    file: file && isFileApart && isThisFile ? { ...file, bytes: kept.file?.bytes ?? null } : file,
  };
}

function ignore(): void {}
