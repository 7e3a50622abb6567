import { asArray, asObject, asText } from "../http/request.ts";
import { estimateTokens } from "../world/answers.ts";

/** Tokens that the format of a chat message adds to its text. */
const TOKENS_PER_MESSAGE = 4;

/** All text of a request, and its length in tokens. */
export interface Prompt {
  readonly text: string;
  readonly tokens: number;
}

/** The prompt of a Chat Completions body or of a Responses body: `messages` or `input`, texts or parts. */
export function promptOf(body: Readonly<Record<string, unknown>>): Prompt {
  const source = body["messages"] ?? body["input"] ?? body["prompt"];
  const instructions = asText(body["instructions"]) ?? "";
  const items = asArray(source) ?? [source];
  const texts = items.map(textOfItem);
  const text = [instructions, ...texts].filter((part) => part.length > 0).join("\n");
  return { text, tokens: estimateTokens(text) + items.length * TOKENS_PER_MESSAGE };
}

/** The inputs of an embeddings or moderations body, one text each. */
export function inputsOf(body: Readonly<Record<string, unknown>>): string[] {
  const input = body["input"];
  const items = asArray(input);
  if (items === null) return [asText(input) ?? ""];
  // A list of numbers is one input given as tokens.
  if (items.every((item) => typeof item === "number")) return [items.join(" ")];
  return items.map((item) => asText(item) ?? JSON.stringify(item));
}

function textOfItem(item: unknown): string {
  const plain = asText(item);
  if (plain !== null) return plain;
  const content = asObject(item)?.["content"];
  const text = asText(content);
  if (text !== null) return text;
  const parts = asArray(content) ?? [];
  return parts.map((part) => asText(asObject(part)?.["text"]) ?? "").join("\n");
}
