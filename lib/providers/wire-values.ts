import { z } from "zod";

/** A field of somebody else's reply: absent, null or of an unexpected type all read as null, so that one odd field spoils nothing. */
export function lenient<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().catch(null);
}

/** An int64 of a wire that sends it as a number or, as Google does, as a string; null when it is not a whole number. */
export const wireInteger = lenient(
  z.union([z.number().int(), z.string().regex(/^-?\d{1,15}$/)]).transform((value) => Number(value)),
);

const countOrDigits = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

/**
 * A number of requests, or of tokens of one answer; null when it is not a whole number from 0 on. Bounded so far beyond
 * any real one that five of them still add up to what an integer of the database holds.
 */
export const wireCount = lenient(countOrDigits.pipe(z.int().min(0).max(400_000_000)));

/** A number that was added up over a whole batch; null when it is not a whole number from 0 on. */
export const wireTotal = lenient(countOrDigits.pipe(z.int().min(0)));

/** Unix seconds as a date; null when they are missing. OpenAI writes 0 in places for "never". */
export function dateOfEpochSeconds(seconds: number | null | undefined): Date | null {
  return seconds ? validDate(new Date(seconds * 1000)) : null;
}

/** An RFC 3339 time with any number of decimals as a date (milliseconds are kept); null when it is missing or no time. */
export function dateOfText(text: string | null | undefined): Date | null {
  return text ? validDate(new Date(text)) : null;
}

function validDate(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Reads one line as a JSON object. Throws a plain Error with the reason otherwise. */
export function parseJsonObject(line: string): Record<string, unknown> {
  const value: unknown = JSON.parse(line);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("The line is not a JSON object.");
  }
  // An object that came out of JSON.parse has string keys only.
  return value as Record<string, unknown>;
}

/** Text of a wire id that should be a string; numbers happen and are told apart by their digits just as well. */
export const wireId = lenient(z.union([z.string(), z.number().transform(String)]));

/**
 * A reply that PostgreSQL can keep: its JSON holds neither NUL nor half a surrogate pair, and a batch whose name has one
 * would otherwise stop the reading of all others. They become U+FFFD.
 */
export function storableReply(reply: unknown): unknown {
  const json = JSON.stringify(reply) ?? "null";
  const storable = json.replaceAll(unstorableEscape, "$1\\ufffd");
  return storable === json ? reply : JSON.parse(storable);
}

/** JSON.stringify escapes a surrogate only when it stands alone; an even number of backslashes before is text. */
const unstorableEscape = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;
