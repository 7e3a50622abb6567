import type { ProviderId } from "#lib/domain/provider-id.ts";

export type MarkerShape = "circle" | "square" | "triangle";

/** How a provider is told apart without colour: its own dash and marker. The colour is a token of the look. */
export const providerMarks: Record<
  ProviderId,
  { color: string; dash: string | undefined; shape: MarkerShape }
> = {
  openai: { color: "var(--provider-openai)", dash: undefined, shape: "circle" },
  google: { color: "var(--provider-google)", dash: "9 4", shape: "square" },
  anthropic: { color: "var(--provider-anthropic)", dash: "2.5 3.5", shape: "triangle" },
};
