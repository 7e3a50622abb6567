import type { ProviderId } from "./provider-id.ts";
import { isJsonObject, type JsonObject } from "./storable-json.ts";

const ofLane = "it is chosen in the lane.";
const ofPrompts = "the prompts of the set go there.";
const hasField = "it has a field of its own.";
const noStream = "a batch cannot stream.";
const oneAnswer = "Batchmark reads one answer a request.";

/** Fields of a request body that other parameters may not set, by their path, and why. */
const reserved: Record<ProviderId, Record<string, string>> = {
  openai: {
    model: ofLane,
    messages: ofPrompts,
    max_tokens: ofLane,
    max_completion_tokens: ofLane,
    stream: noStream,
    stream_options: noStream,
    n: oneAnswer,
    temperature: hasField,
    top_p: hasField,
    stop: hasField,
    reasoning_effort: hasField,
  },
  google: {
    model: ofLane,
    contents: ofPrompts,
    systemInstruction: hasField,
    stream: noStream,
    "generationConfig.maxOutputTokens": ofLane,
    "generationConfig.candidateCount": oneAnswer,
    "generationConfig.temperature": hasField,
    "generationConfig.topP": hasField,
    "generationConfig.stopSequences": hasField,
    "generationConfig.thinkingConfig.thinkingBudget": hasField,
    "generationConfig.thinkingConfig.thinkingLevel": hasField,
  },
  anthropic: {
    model: ofLane,
    messages: ofPrompts,
    max_tokens: ofLane,
    stream: noStream,
    system: hasField,
    stop_sequences: hasField,
    temperature: "Anthropic refuses it in every request.",
    top_p: "Anthropic refuses it in every request.",
    top_k: "Anthropic refuses it in every request.",
    "output_config.effort": hasField,
    "thinking.budget_tokens": hasField,
  },
};

/** The first field of other parameters that is not theirs to set, in words; null when there is none. */
export function findReservedField(provider: ProviderId, extra: JsonObject): string | null {
  return findIn(provider, extra, "");
}

function findIn(provider: ProviderId, object: JsonObject, parent: string): string | null {
  for (const [name, value] of Object.entries(object)) {
    const path = parent + name;
    if (provider === "google" && name.includes("_")) {
      return `Write "${path}" in camel case, as the other fields of Google: ${camelCase(name)}.`;
    }
    const reason = reserved[provider][path];
    if (reason) return `Leave out "${path}": ${reason}`;
    const holdsReserved = Object.keys(reserved[provider]).some((known) => known.startsWith(`${path}.`));
    if (!holdsReserved) continue;
    if (!isJsonObject(value)) return `"${path}" is a JSON object.`;
    const inside = findIn(provider, value, `${path}.`);
    if (inside) return inside;
  }
  return null;
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
