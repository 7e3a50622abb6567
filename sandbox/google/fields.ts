import { asArray, asObject } from "../http/request.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Both spellings of field names are understood; this gives the one in camel case. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** A field under either spelling. */
export function field(object: Fields | null, name: string): unknown {
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
export function unknownField(line: Fields, isEmbedding: boolean): string | null {
  const request = asObject(line["request"]);
  const config = asObject(field(request, "generationConfig"));
  const [first] = [
    ...outside(line, LINE_FIELDS),
    ...outside(request, isEmbedding ? EMBED_FIELDS : GENERATE_FIELDS),
    ...outside(config, GENERATION_FIELDS),
  ];
  return first ?? null;
}

/** A field that the API does not know, and the path of the object that it stands in; empty for the body itself. */
export interface UnknownField {
  readonly name: string;
  readonly at: string;
}

/** Every field of a create call that the API does not know, those of inline requests included. */
export function* unknownFieldsOfCreate(body: Fields, isEmbedding: boolean): Generator<UnknownField> {
  yield* named(body, BODY_FIELDS, "");
  const batch = asObject(body["batch"]);
  yield* named(batch, BATCH_FIELDS, "batch");
  yield* named(asObject(field(batch, "webhookConfig")), WEBHOOK_FIELDS, "batch.webhook_config");
  const config = asObject(field(batch, "inputConfig"));
  yield* named(config, INPUT_FIELDS, "batch.input_config");
  const holder = asObject(field(config, "requests"));
  yield* named(holder, new Set(["requests"]), "batch.input_config.requests");
  for (const [index, item] of (asArray(field(holder, "requests")) ?? []).entries()) {
    const at = `batch.input_config.requests.requests[${index}]`;
    yield* named(asObject(item), INLINE_FIELDS, at);
    const request = asObject(asObject(item)?.["request"]);
    yield* named(request, isEmbedding ? EMBED_FIELDS : GENERATE_FIELDS, `${at}.request`);
    const generation = asObject(field(request, "generationConfig"));
    yield* named(generation, GENERATION_FIELDS, `${at}.request.generation_config`);
  }
}

const BODY_FIELDS = new Set(["batch", "model"]);
const BATCH_FIELDS = new Set(["name", "model", "displayName", "inputConfig", "priority", "webhookConfig"]);
const INPUT_FIELDS = new Set(["requests", "fileName"]);
const INLINE_FIELDS = new Set(["request", "metadata"]);
const WEBHOOK_FIELDS = new Set(["uris", "userMetadata"]);

function* named(object: Fields | null, known: ReadonlySet<string>, at: string): Generator<UnknownField> {
  for (const name of outside(object, known)) yield { name, at };
}

function outside(object: Fields | null, known: ReadonlySet<string>): string[] {
  return object === null ? [] : Object.keys(object).filter((name) => !known.has(camelCase(name)));
}
