import { asObject } from "../http/request.ts";

/** Both spellings of field names are understood; this gives the one in camel case. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** A field under either spelling. */
export function field(object: Readonly<Record<string, unknown>> | null, name: string): unknown {
  if (object === null) return undefined;
  if (object[name] !== undefined) return object[name];
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return object[snake];
}

const LINE_FIELDS = new Set(["key", "request", "metadata"]);
const GENERATE_FIELDS = new Set([
  "model",
  "contents",
  "systemInstruction",
  "tools",
  "toolConfig",
  "safetySettings",
  "generationConfig",
  "cachedContent",
  "labels",
  "serviceTier",
  "store",
]);
const EMBED_FIELDS = new Set([
  "model",
  "content",
  "taskType",
  "title",
  "outputDimensionality",
  "embedContentConfig",
]);
const GENERATION_FIELDS = new Set([
  "stopSequences",
  "responseMimeType",
  "responseSchema",
  "responseJsonSchema",
  "responseFormat",
  "responseModalities",
  "candidateCount",
  "maxOutputTokens",
  "temperature",
  "topP",
  "topK",
  "seed",
  "presencePenalty",
  "frequencyPenalty",
  "responseLogprobs",
  "logprobs",
  "enableEnhancedCivicAnswers",
  "speechConfig",
  "thinkingConfig",
  "mediaResolution",
  "imageConfig",
  "audioTimestamp",
  "routingConfig",
]);

/** The first field of a request line that the API does not know; null when it knows them all. */
export function unknownField(line: Readonly<Record<string, unknown>>, isEmbedding: boolean): string | null {
  const request = asObject(line["request"]);
  const config = asObject(field(request, "generationConfig"));
  return (
    firstOutside(line, LINE_FIELDS) ??
    firstOutside(request, isEmbedding ? EMBED_FIELDS : GENERATE_FIELDS) ??
    firstOutside(config, GENERATION_FIELDS)
  );
}

function firstOutside(
  object: Readonly<Record<string, unknown>> | null,
  known: ReadonlySet<string>,
): string | null {
  if (object === null) return null;
  return Object.keys(object).find((name) => !known.has(camelCase(name))) ?? null;
}
