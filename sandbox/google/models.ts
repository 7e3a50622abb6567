/** A model as the sandbox's Gemini knows it. */
export interface GoogleModel {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly inputTokenLimit: number;
  readonly outputTokenLimit: number;
  readonly kind: "text" | "embedding";
  readonly thinks: boolean;
  readonly dimensions: number;
  readonly hasBatch: boolean;
}

const text = (id: string, displayName: string, thinks: boolean, description: string): GoogleModel => ({
  id,
  displayName,
  description,
  inputTokenLimit: 1_048_576,
  outputTokenLimit: 65_536,
  kind: "text",
  thinks,
  dimensions: 0,
  hasBatch: true,
});

const embedding = (id: string, displayName: string, inputTokenLimit: number): GoogleModel => ({
  ...text(id, displayName, false, "Text embeddings."),
  inputTokenLimit,
  outputTokenLimit: 1,
  kind: "embedding",
  dimensions: 3_072,
});

export const GOOGLE_MODELS: readonly GoogleModel[] = [
  text(
    "gemini-2.5-flash-lite",
    "Gemini 2.5 Flash-Lite",
    false,
    "Stable version, for earlier users of 2.5 models only.",
  ),
  text(
    "gemini-2.5-flash",
    "Gemini 2.5 Flash",
    true,
    "Stable version. Deprecated: shutdown on December 1, 2026.",
  ),
  text("gemini-2.5-pro", "Gemini 2.5 Pro", true, "Stable version. Deprecated: shutdown on December 1, 2026."),
  text("gemini-3.1-flash-lite", "Gemini 3.1 Flash-Lite", false, "Stable version. Shutdown on May 7, 2027."),
  text("gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite", false, "Stable version, released in July 2026."),
  text("gemini-3.5-flash", "Gemini 3.5 Flash", true, "Stable version."),
  text("gemini-3.6-flash", "Gemini 3.6 Flash", true, "Stable version."),
  text("gemini-3.8-flash", "Gemini 3.8 Flash", true, "Stable version, released in September 2026."),
  embedding("gemini-embedding-2", "Gemini Embedding 2", 8_192),
  embedding("gemini-embedding-001", "Gemini Embedding 001", 2_048),
  {
    ...text("gemini-3.8-flash-tts", "Gemini 3.8 Flash TTS", false, "Speech, without batches."),
    hasBatch: false,
  },
];

/** A model by its name with or without `models/`; null when the sandbox has none such. */
export function findGoogleModel(name: string): GoogleModel | null {
  const id = name.replace(/^models\//, "");
  return GOOGLE_MODELS.find((model) => model.id === id) ?? null;
}

/** The model as `models.list` shows it. */
export function wireModel(model: GoogleModel): unknown {
  const batch = model.hasBatch
    ? [model.kind === "text" ? "batchGenerateContent" : "asyncBatchEmbedContent"]
    : [];
  const methods =
    model.kind === "text"
      ? ["generateContent", "countTokens", "createCachedContent", ...batch]
      : ["embedContent", "countTokens", ...batch];
  return {
    name: `models/${model.id}`,
    version: "001",
    displayName: model.displayName,
    description: model.description,
    inputTokenLimit: model.inputTokenLimit,
    outputTokenLimit: model.outputTokenLimit,
    supportedGenerationMethods: methods,
    ...(model.kind === "text" ? { temperature: 1, topP: 0.95, topK: 64, maxTemperature: 2 } : {}),
    ...(model.thinks ? { thinking: true } : {}),
  };
}
