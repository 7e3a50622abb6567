import type { ProviderId } from "./provider-id.ts";

export const reasoningEfforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
export type ReasoningEffort = (typeof reasoningEfforts)[number];

export const parameterLimits = {
  systemPromptLength: 20_000,
  stopSequenceLength: 200,
  temperature: 2,
  thinkingBudgetTokens: 128_000,
  extraLength: 20_000,
} as const;

/** What a provider's batches take beside the prompt; a field that is false or null there does not exist. */
export type OfferedParameters = {
  temperature: boolean;
  topP: boolean;
  /** Most stop sequences of a request. */
  stopSequences: number;
  reasoningEfforts: readonly ReasoningEffort[];
  /** Smallest budget, and the values below it that mean something of their own. */
  thinkingBudget: { minimum: number; special: readonly number[]; meaning: string } | null;
};

/**
 * By the providers' references for batches, November 2026. Anthropic's API of 2026-10-21 refuses `temperature`, `top_p`
 * and `top_k` for every model.
 */
export const offeredParameters: Record<ProviderId, OfferedParameters> = {
  openai: {
    temperature: true,
    topP: true,
    stopSequences: 4,
    reasoningEfforts,
    thinkingBudget: null,
  },
  google: {
    temperature: true,
    topP: true,
    stopSequences: 5,
    reasoningEfforts: ["minimal", "low", "medium", "high"],
    thinkingBudget: {
      minimum: 1,
      special: [-1, 0],
      meaning: "0 turns thinking off, -1 lets the model decide",
    },
  },
  anthropic: {
    temperature: false,
    topP: false,
    stopSequences: 4,
    reasoningEfforts: ["low", "medium", "high", "xhigh", "max"],
    thinkingBudget: { minimum: 1_024, special: [0], meaning: "0 turns thinking off" },
  },
};
