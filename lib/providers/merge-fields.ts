import { isJsonObject, type JsonObject, type JsonValue } from "#lib/domain/storable-json.ts";

/** Fields and further ones as one object; objects that stand in both are merged. A field set twice keeps the first value. */
export function mergeFields(fields: JsonObject, further: JsonObject = {}): JsonObject {
  const merged = new Map<string, JsonValue>(Object.entries(further));
  for (const [name, value] of Object.entries(fields)) {
    const other = merged.get(name);
    merged.set(name, isJsonObject(value) && isJsonObject(other) ? mergeFields(value, other) : value);
  }
  return Object.fromEntries(merged);
}
