export const providerIds = ["openai", "google", "anthropic"] as const;

export type ProviderId = (typeof providerIds)[number];

export const providerLabels: Record<ProviderId, string> = {
  openai: "OpenAI",
  google: "Google",
  anthropic: "Anthropic",
};

/** The environment variable that holds each provider's key, for messages that say what to do. */
export const providerKeyVariables: Record<ProviderId, string> = {
  openai: "OPENAI_API_KEY",
  google: "GOOGLE_API_KEY",
  anthropic: "ANTHROPIC_API_KEY",
};

export function isProviderId(value: unknown): value is ProviderId {
  return providerIds.some((id) => id === value);
}
