import { asObject, asText } from "../http/request.ts";
import { missingParameter, openAiError } from "./errors.ts";

/** A query parameter that must be a whole number within bounds. */
export function limitOf(text: string | undefined, fallback: number, lowest: number, highest: number): number {
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isInteger(value)) {
    const message = `Invalid type for 'limit': expected an integer, but got a string instead.`;
    throw openAiError(400, message, { code: "invalid_type", param: "limit" });
  }
  if (value > highest) {
    const message = `Invalid 'limit': integer above maximum value. Expected a value <= ${highest}, but got ${value} instead.`;
    throw openAiError(400, message, { code: "integer_above_max_value", param: "limit" });
  }
  if (value < lowest) {
    const message = `Invalid 'limit': integer below minimum value. Expected a value >= ${lowest}, but got ${value} instead.`;
    throw openAiError(400, message, { code: "integer_below_min_value", param: "limit" });
  }
  return value;
}

/** A field that must be one of some texts. */
export function choiceOf(value: unknown, name: string, choices: readonly string[]): string {
  if (value === undefined || value === null || value === "") throw missingParameter(name);
  const text = asText(value);
  if (text !== null && choices.includes(text)) return text;
  const listed = choices.map((choice) => `'${choice}'`).join(", ");
  const message = `Invalid value: '${typeof value === "string" ? value : JSON.stringify(value)}'. Supported values are: ${listed}.`;
  throw openAiError(400, message, { code: "invalid_value", param: name });
}

/** The metadata of a create call: at most 16 pairs of short texts. */
export function metadataOf(value: unknown): Readonly<Record<string, string>> | null {
  if (value === undefined || value === null) return null;
  const pairs = asObject(value);
  if (pairs === null) throw wrongType("metadata", "an object", value);
  const metadata: Record<string, string> = {};
  const names = Object.keys(pairs);
  if (names.length > 16) {
    const message =
      `Invalid 'metadata': too many properties. Expected an object with at most 16 properties, ` +
      `but got an object with ${names.length} properties instead.`;
    throw openAiError(400, message, { code: "object_above_max_properties", param: "metadata" });
  }
  for (const name of names) {
    const text = pairs[name];
    if (typeof text !== "string") throw wrongType(`metadata.${name}`, "a string", text);
    checkLength(name, 64, "metadata");
    checkLength(text, 512, `metadata.${name}`);
    metadata[name] = text;
  }
  return metadata;
}

function checkLength(text: string, maximum: number, param: string): void {
  if (text.length <= maximum) return;
  const message =
    `Invalid '${param}': string too long. Expected a string with maximum length ${maximum}, ` +
    `but got a string with length ${text.length} instead.`;
  throw openAiError(400, message, { code: "string_above_max_length", param });
}

/** 400 for a value of the wrong type. */
export function wrongType(name: string, expected: string, value: unknown): Error {
  const message = `Invalid type for '${name}': expected ${expected}, but got ${typeName(value)} instead.`;
  return openAiError(400, message, { code: "invalid_type", param: name });
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a decimal number";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** `output_expires_after` or `expires_after`: seconds within the allowed range. */
export function expirySecondsOf(anchor: unknown, seconds: unknown, name: string): number {
  choiceOf(anchor, `${name}.anchor`, ["created_at"]);
  const value = Number(seconds);
  if (!Number.isInteger(value)) throw wrongType(`${name}.seconds`, "an integer", seconds);
  const param = `${name}.seconds`;
  if (value < 3_600) {
    const message = `Invalid '${param}': integer below minimum value. Expected a value >= 3600, but got ${value} instead.`;
    throw openAiError(400, message, { code: "integer_below_min_value", param });
  }
  if (value > 2_592_000) {
    const message = `Invalid '${param}': integer above maximum value. Expected a value <= 2592000, but got ${value} instead.`;
    throw openAiError(400, message, { code: "integer_above_max_value", param });
  }
  return value;
}
