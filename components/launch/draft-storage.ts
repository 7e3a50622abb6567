import * as z from "zod/mini";
import { defaultTimeOutHours } from "#lib/domain/job-set.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { promptKinds, type LaunchDraft } from "./launch-draft.ts";

const storageKey = "batchmark.launch-draft";

/** Own prompts up to this size survive a reload; browsers keep about 5 MB of text for a site. */
export const keptPromptBytes = 1_500_000;

const storedDraftSchema = z.object({
  name: z.string(),
  notes: z.string(),
  timeOutHours: z._default(z.string(), String(defaultTimeOutHours)),
  lanes: z.array(
    z.object({
      key: z.string().check(z.regex(/^lane-\d{1,6}$/)),
      provider: z.enum(providerIds),
      model: z.string(),
      jobCount: z.string(),
      requestsPerJob: z.string(),
      maxOutputTokens: z.string(),
    }),
  ),
  promptKind: z.enum(promptKinds),
  pastedText: z.string(),
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

/** The draft as text for the browser's storage; prompts that are too large are left out, all else is kept. */
export function serialiseDraft(draft: LaunchDraft): string {
  const file = draft.file && {
    name: draft.file.name,
    sizeBytes: draft.file.sizeBytes,
    text: draft.file.bytes ? keptText(draft.file.bytes) : null,
    column: draft.file.column,
  };
  const pastedText = draft.pastedText.length <= keptPromptBytes ? draft.pastedText : "";
  return JSON.stringify({ ...draft, pastedText, file });
}

/** The reverse of `serialiseDraft`; null when the text is not a draft (an older version, or damaged). */
export function parseDraft(text: string): LaunchDraft | null {
  try {
    const stored = storedDraftSchema.parse(JSON.parse(text));
    const file = stored.file && {
      name: stored.file.name,
      sizeBytes: stored.file.sizeBytes,
      bytes: stored.file.text === null ? null : new TextEncoder().encode(stored.file.text),
      column: stored.file.column,
    };
    return { ...stored, file };
  } catch {
    return null;
  }
}

/** The draft left in this browser; null when there is none or storage is not allowed. */
export function loadDraft(): LaunchDraft | null {
  try {
    const text = window.localStorage.getItem(storageKey);
    return text === null ? null : parseDraft(text);
  } catch {
    return null;
  }
}

/** Keeps the draft over a reload. A full or forbidden storage only means that a reload loses it. */
export function saveDraft(draft: LaunchDraft): void {
  try {
    window.localStorage.setItem(storageKey, serialiseDraft(draft));
  } catch {
    return;
  }
}

export function forgetDraft(): void {
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
