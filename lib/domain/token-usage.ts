/** Tokens as the provider counted them; null where it did not say. `outputTokens` includes reasoning tokens. */
export type TokenUsage = {
  inputTokens: number | null;
  outputTokens: number | null;
  totalTokens: number | null;
  /** Part of the input that came from a cache. */
  cachedTokens: number | null;
  /** Part of the output that was reasoning ("thinking"). */
  reasoningTokens: number | null;
};

/** Sums two usages; a part stays null only while neither side knows it. */
export function addUsage(left: TokenUsage, right: TokenUsage): TokenUsage {
  const add = (a: number | null, b: number | null) => (a === null && b === null ? null : (a ?? 0) + (b ?? 0));
  return {
    inputTokens: add(left.inputTokens, right.inputTokens),
    outputTokens: add(left.outputTokens, right.outputTokens),
    totalTokens: add(left.totalTokens, right.totalTokens),
    cachedTokens: add(left.cachedTokens, right.cachedTokens),
    reasoningTokens: add(left.reasoningTokens, right.reasoningTokens),
  };
}

export const unknownUsage: TokenUsage = {
  inputTokens: null,
  outputTokens: null,
  totalTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
};
