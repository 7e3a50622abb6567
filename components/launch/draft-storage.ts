import * as z from "zod/mini";
import { defaultTimeOutHours } from "#lib/domain/launch-limits.ts";
import { jobTasks } from "#lib/domain/job-values.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import type { KeptPrompts } from "./kept-prompts.ts";
import { saveLargePrompts, withLargePrompts } from "./large-prompts.ts";
import { promptKinds, type LaunchDraft } from "./launch-draft.ts";
import { noParameters } from "./parameter-draft.ts";

const storageKey = "batchmark.launch-draft";

/** Own prompts over this size are kept apart; browsers keep about 5 MB of text for a site. */
export const keptPromptBytes = 1_500_000;

const typedText = z._default(z.string(), "");

const storedDraftSchema = z.object({
  name: z.string(),
  notes: z.string(),
  timeOutHours: z._default(z.string(), String(defaultTimeOutHours)),
  lanes: z.array(
    z.object({
      key: z.string().check(z.regex(/^lane-\d{1,6}$/)),
      provider: z.enum(providerIds),
      model: z.string(),
      task: z._default(z.enum(jobTasks), "text"),
      jobCount: z.string(),
      requestsPerJob: z.string(),
      maxOutputTokens: z.string(),
      parameters: z._default(
        z.object({
          systemPrompt: typedText,
          temperature: typedText,
          topP: typedText,
          stopSequences: typedText,
          reasoningEffort: typedText,
          thinkingBudgetTokens: typedText,
          extra: typedText,
        }),
        noParameters,
      ),
    }),
  ),
  promptKind: z.enum(promptKinds),
  pastedText: z.string(),
  /** The pasted text is too large for this storage and kept apart. */
  isPasteApart: z._default(z.boolean(), false),
  file: z.nullable(
    z.object({
      name: z.string(),
      sizeBytes: z.number(),
      text: z.nullable(z.string()),
      column: z.nullable(z.string()),
    }),
  ),
  template: z._default(z.string().check(z.maxLength(100_000)), ""),
});

/** The draft as text for the browser's storage; `largePromptsOf` has what is too large for it. */
export function serialiseDraft(draft: LaunchDraft): string {
  const file = draft.file && {
    name: draft.file.name,
    sizeBytes: draft.file.sizeBytes,
    text: draft.file.bytes ? keptText(draft.file.bytes) : null,
    column: draft.file.column,
  };
  const isPasteApart = draft.pastedText.length > keptPromptBytes;
  return JSON.stringify({ ...draft, pastedText: isPasteApart ? "" : draft.pastedText, isPasteApart, file });
}

/** The prompts of a draft that its text leaves out: too large, or no text. */
export function largePromptsOf({ pastedText, file }: LaunchDraft): KeptPrompts {
  return {
    pastedText: pastedText.length > keptPromptBytes ? pastedText : null,
    file: file?.bytes && keptText(file.bytes) === null ? { name: file.name, bytes: file.bytes } : null,
  };
}

type ParsedDraft = { draft: LaunchDraft; isPasteApart: boolean };

/** The reverse of `serialiseDraft`; null when the text is not a draft (an older version, or damaged). */
export function parseDraft(text: string): ParsedDraft | null {
  try {
    const { isPasteApart, ...stored } = storedDraftSchema.parse(JSON.parse(text));
    const file = stored.file && {
      name: stored.file.name,
      sizeBytes: stored.file.sizeBytes,
      bytes: stored.file.text === null ? null : new TextEncoder().encode(stored.file.text),
      column: stored.file.column,
    };
    return { draft: { ...stored, file }, isPasteApart };
  } catch {
    return null;
  }
}

/** The draft left in this browser; null when there is none or storage is not allowed. */
export async function loadDraft(): Promise<LaunchDraft | null> {
  const parsed = parseDraft(readText() ?? "");
  return parsed && withLargePrompts(parsed.draft, parsed.isPasteApart);
}

function readText(): string | null {
  try {
    return window.localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/** Keeps the draft over a reload. A full or forbidden storage only means that a reload loses it. */
export function saveDraft(draft: LaunchDraft): void {
  saveLargePrompts(largePromptsOf(draft));
  try {
    window.localStorage.setItem(storageKey, serialiseDraft(draft));
  } catch {
    return;
  }
}

export function forgetDraft(): void {
  saveLargePrompts({ pastedText: null, file: null });
  try {
    window.localStorage.removeItem(storageKey);
  } catch {
    return;
  }
}

function keptText(bytes: Uint8Array): string | null {
  if (bytes.byteLength > keptPromptBytes) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
