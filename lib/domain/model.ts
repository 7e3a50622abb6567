import type { ProviderId } from "./provider-id.ts";

/** A model as the account's own list shows it. */
export type ModelInfo = {
  id: string;
  displayName: string | null;
  /** `YYYY-MM-DD` from the provider; null when it names none. */
  retiresOn: string | null;
  isRetired: boolean;
  /** Whether the provider says that the model can be used in batches; null when it does not say. */
  supportsBatch: boolean | null;
};

/** The defaults of the original tool; each can be changed by environment variable and per lane. */
export const defaultModels: Record<ProviderId, string> = {
  openai: "gpt-4o-mini",
  google: "gemini-2.5-flash-lite",
  anthropic: "claude-3-haiku-20240307",
};

/** Current inexpensive models, suggested when the default is retired or ending. */
export const suggestedModels: Record<ProviderId, string> = {
  openai: "gpt-6-luna",
  google: "gemini-3.5-flash-lite",
  anthropic: "claude-haiku-5-5",
};
