export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export type JsonObject = { [name: string]: JsonValue };

const deepest = 20;

/** Why a value cannot be kept as JSON by the database and sent to a provider unchanged; null when it can. */
export function findUnstorable(value: unknown, depth = 0): string | null {
  if (typeof value === "string") {
    // PostgreSQL takes neither NUL nor half a surrogate pair into JSON.
    return value.includes("\0") || !value.isWellFormed() ? "a text holds characters that are no text." : null;
  }
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return null;
  if (typeof value !== "object") return "there is a value that JSON does not have.";
  if (depth >= deepest) return `values are nested more than ${deepest} deep.`;
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return "there is a value that JSON does not have.";
  for (const [name, inner] of Object.entries(value)) {
    if (name === "__proto__") return '"__proto__" is not a parameter.';
    const problem = findUnstorable(name) ?? findUnstorable(inner, depth + 1);
    if (problem) return problem;
  }
  return null;
}

/** Whether a value is a JSON object, and neither an array nor null. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
