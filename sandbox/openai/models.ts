/** A model as the sandbox's OpenAI knows it. */
export interface OpenAiModel {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  /** The dated name that answers carry. */
  readonly resolvedId: string;
  readonly shutdownDate: string | null;
  readonly kind: "text" | "embedding" | "moderation" | "image";
  readonly reasons: boolean;
  readonly maxOutputTokens: number;
  readonly dimensions: number;
}

const text = (
  id: string,
  created: string,
  shutdownDate: string | null,
  reasons: boolean,
  resolvedId = id,
  maxOutputTokens = 128_000,
): OpenAiModel => ({
  id,
  created: Date.parse(created) / 1_000,
  resolvedId,
  shutdownDate,
  kind: "text",
  reasons,
  maxOutputTokens,
  dimensions: 0,
});

const other = (
  id: string,
  created: string,
  kind: "embedding" | "moderation" | "image",
  dimensions: number,
  shutdownDate: string | null = null,
): OpenAiModel => ({
  ...text(id, created, shutdownDate, false),
  kind,
  dimensions,
});

export const OPENAI_MODELS: readonly OpenAiModel[] = [
  text("gpt-6-luna", "2026-09-22", null, true),
  text("gpt-6.1-terra", "2026-11-03", null, true),
  text("gpt-5.6-luna", "2026-06-16", null, true),
  text("gpt-5.4-nano", "2026-03-17", "2027-04-01", true, "gpt-5.4-nano-2026-03-17"),
  text("gpt-5.4-mini", "2026-03-17", null, true, "gpt-5.4-mini-2026-03-17"),
  text("gpt-5-nano", "2025-08-07", "2026-12-11", true, "gpt-5-nano-2025-08-07"),
  text("gpt-5-mini", "2025-08-07", "2026-12-11", true, "gpt-5-mini-2025-08-07"),
  text("gpt-4.1-nano", "2025-04-14", "2026-10-23", false, "gpt-4.1-nano-2025-04-14", 32_768),
  text("gpt-4.1-mini", "2025-04-14", "2027-01-14", false, "gpt-4.1-mini-2025-04-14", 32_768),
  text("gpt-4o-mini", "2024-07-16", "2027-01-14", false, "gpt-4o-mini-2024-07-18", 16_384),
  text("gpt-3.5-turbo", "2023-02-28", "2026-10-23", false, "gpt-3.5-turbo-0125", 4_096),
  other("text-embedding-3-large", "2024-01-22", "embedding", 3_072),
  other("text-embedding-3-small", "2024-01-22", "embedding", 1_536),
  other("gpt-image-1.5", "2025-11-20", "image", 0, "2026-12-01"),
  other("gpt-image-1-mini", "2025-09-26", "image", 0, "2026-12-01"),
  other("omni-moderation-latest", "2024-11-15", "moderation", 0),
];

/** A model by its name or its dated name; null when the sandbox has none such. */
export function findOpenAiModel(id: string): OpenAiModel | null {
  return OPENAI_MODELS.find((model) => model.id === id || model.resolvedId === id) ?? null;
}

/** The model as `GET /v1/models` shows it. */
export function wireModel(model: OpenAiModel): unknown {
  return {
    id: model.id,
    object: "model",
    created: model.created,
    owned_by: "system",
    shutdown_date: model.shutdownDate,
  };
}
