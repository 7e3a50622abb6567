/** A model as the sandbox's Anthropic knows it. */
export interface AnthropicModel {
  /** The full name, which answers carry. */
  readonly id: string;
  readonly alias: string | null;
  readonly displayName: string;
  readonly createdAt: string;
  readonly line: "haiku" | "sonnet" | "opus";
  readonly lifecycle: "active" | "deprecated" | "retired";
  readonly deprecatedAt: string | null;
  readonly retiresAt: string | null;
  readonly maxInputTokens: number;
  readonly maxTokens: number;
  /** Thinks unless told not to. */
  readonly thinks: boolean;
  /** Takes neither sampling parameters nor a beginning of its answer. */
  readonly isStrict: boolean;
  /** Can answer at greater length in batches, when the beta for it is asked for. */
  readonly hasLongOutput: boolean;
}

type Optional =
  | "alias"
  | "deprecatedAt"
  | "retiresAt"
  | "thinks"
  | "lifecycle"
  | "isStrict"
  | "hasLongOutput";

const model = (
  fields: Omit<AnthropicModel, Optional> & Partial<Pick<AnthropicModel, Optional>>,
): AnthropicModel => ({
  alias: null,
  lifecycle: "active",
  deprecatedAt: null,
  retiresAt: null,
  thinks: false,
  isStrict: false,
  hasLongOutput: false,
  ...fields,
});

/** Newest first, as the list gives them. */
export const ANTHROPIC_MODELS: readonly AnthropicModel[] = [
  model({
    id: "claude-haiku-5-5",
    displayName: "Claude Haiku 5.5",
    createdAt: "2026-10-07T00:00:00Z",
    line: "haiku",
    maxInputTokens: 1_000_000,
    maxTokens: 128_000,
    thinks: true,
    hasLongOutput: true,
    isStrict: true,
  }),
  model({
    id: "claude-sonnet-5-5",
    displayName: "Claude Sonnet 5.5",
    createdAt: "2026-09-15T00:00:00Z",
    line: "sonnet",
    maxInputTokens: 1_000_000,
    maxTokens: 128_000,
    thinks: true,
    hasLongOutput: true,
  }),
  model({
    id: "claude-opus-5-5",
    displayName: "Claude Opus 5.5",
    createdAt: "2026-09-01T00:00:00Z",
    line: "opus",
    maxInputTokens: 1_000_000,
    maxTokens: 128_000,
    thinks: true,
    hasLongOutput: true,
  }),
  model({
    id: "claude-sonnet-5",
    displayName: "Claude Sonnet 5",
    createdAt: "2026-07-24T00:00:00Z",
    line: "sonnet",
    maxInputTokens: 1_000_000,
    maxTokens: 128_000,
    hasLongOutput: true,
  }),
  model({
    id: "claude-opus-5",
    displayName: "Claude Opus 5",
    createdAt: "2026-06-18T00:00:00Z",
    line: "opus",
    maxInputTokens: 1_000_000,
    maxTokens: 128_000,
    hasLongOutput: true,
  }),
  model({
    id: "claude-opus-4-8",
    displayName: "Claude Opus 4.8",
    createdAt: "2026-05-21T00:00:00Z",
    line: "opus",
    maxInputTokens: 1_000_000,
    maxTokens: 128_000,
    hasLongOutput: true,
  }),
  model({
    id: "claude-opus-4-7",
    displayName: "Claude Opus 4.7",
    createdAt: "2026-04-16T00:00:00Z",
    line: "opus",
    maxInputTokens: 1_000_000,
    maxTokens: 128_000,
    hasLongOutput: true,
  }),
  model({
    id: "claude-sonnet-4-6",
    displayName: "Claude Sonnet 4.6",
    createdAt: "2026-02-17T00:00:00Z",
    line: "sonnet",
    maxInputTokens: 1_000_000,
    maxTokens: 64_000,
    hasLongOutput: true,
  }),
  model({
    id: "claude-opus-4-6",
    displayName: "Claude Opus 4.6",
    createdAt: "2026-02-05T00:00:00Z",
    line: "opus",
    maxInputTokens: 1_000_000,
    maxTokens: 128_000,
    hasLongOutput: true,
  }),
  model({
    id: "claude-opus-4-5-20251101",
    alias: "claude-opus-4-5",
    displayName: "Claude Opus 4.5",
    createdAt: "2025-11-24T00:00:00Z",
    line: "opus",
    maxInputTokens: 200_000,
    maxTokens: 64_000,
  }),
  model({
    id: "claude-haiku-4-5-20251001",
    alias: "claude-haiku-4-5",
    displayName: "Claude Haiku 4.5",
    createdAt: "2025-10-15T00:00:00Z",
    line: "haiku",
    maxInputTokens: 200_000,
    maxTokens: 64_000,
  }),
  model({
    id: "claude-sonnet-4-5-20250929",
    alias: "claude-sonnet-4-5",
    displayName: "Claude Sonnet 4.5",
    createdAt: "2025-09-29T00:00:00Z",
    line: "sonnet",
    lifecycle: "deprecated",
    deprecatedAt: "2026-08-31T00:00:00Z",
    retiresAt: "2026-11-30T00:00:00Z",
    maxInputTokens: 200_000,
    maxTokens: 64_000,
  }),
  model({
    id: "claude-3-5-haiku-20241022",
    alias: "claude-3-5-haiku-latest",
    displayName: "Claude Haiku 3.5",
    createdAt: "2024-10-22T00:00:00Z",
    line: "haiku",
    lifecycle: "retired",
    deprecatedAt: "2025-12-19T00:00:00Z",
    retiresAt: "2026-02-19T00:00:00Z",
    maxInputTokens: 200_000,
    maxTokens: 8_192,
  }),
  model({
    id: "claude-3-haiku-20240307",
    displayName: "Claude Haiku 3",
    createdAt: "2024-03-07T00:00:00Z",
    line: "haiku",
    lifecycle: "retired",
    deprecatedAt: "2026-02-19T00:00:00Z",
    retiresAt: "2026-04-20T00:00:00Z",
    maxInputTokens: 200_000,
    maxTokens: 4_096,
  }),
];

/** A model by its full name or its alias; null when the sandbox has none such. */
export function findAnthropicModel(id: string): AnthropicModel | null {
  return ANTHROPIC_MODELS.find((known) => known.id === id || known.alias === id) ?? null;
}

const supported = (value: boolean) => ({ supported: value });

/** The model as `GET /v1/models` shows it. */
export function wireModel(known: AnthropicModel): unknown {
  const isCurrent = known.lifecycle === "active";
  return {
    type: "model",
    id: known.id,
    display_name: known.displayName,
    created_at: known.createdAt,
    max_input_tokens: known.maxInputTokens,
    max_tokens: known.maxTokens,
    capabilities: {
      batch: supported(true),
      citations: supported(true),
      code_execution: supported(known.thinks),
      context_management: {
        clear_thinking_20251015: supported(known.thinks),
        clear_tool_uses_20250919: supported(isCurrent),
        compact_20260112: supported(known.thinks),
        supported: isCurrent,
      },
      effort: {
        high: supported(known.thinks),
        low: supported(known.thinks),
        max: supported(known.thinks),
        medium: supported(known.thinks),
        supported: known.thinks,
        xhigh: supported(known.thinks),
      },
      image_input: supported(true),
      pdf_input: supported(true),
      server_tools: {
        code_execution: supported(known.thinks),
        supported: isCurrent,
        web_search: supported(isCurrent),
      },
      structured_outputs: supported(isCurrent),
      thinking: {
        supported: known.thinks,
        types: {
          adaptive: supported(known.thinks),
          between_tools: supported(known.thinks),
          disabled: supported(true),
          enabled: supported(known.thinks),
        },
      },
    },
    lifecycle: known.lifecycle,
    deprecated_at: known.deprecatedAt,
    retires_at: known.retiresAt,
    line: known.line,
  };
}
