import type { SandboxContext } from "./endpoint.ts";

/** The origin that the client used, so that URLs in answers lead back here whatever name it knows us by. */
export function originOf(context: SandboxContext): string {
  return new URL(context.req.url).origin;
}

/** A body that is larger than its endpoint allows. */
export class BodyTooLarge extends Error {}

/** The whole body as text, for endpoints whose bodies are small. */
export async function textBody(context: SandboxContext, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of bodyChunks(context)) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The body as it arrives, with back-pressure to the client. */
export function bodyChunks(context: SandboxContext): AsyncIterable<Buffer> {
  return context.env.incoming;
}

/** Key and value of a JSON object; null for anything else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  // A non-null object that is no array has string keys; its values stay unknown.
  return value as Readonly<Record<string, unknown>>;
}

/** A list of unknown elements; null for anything else. */
export function asArray(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}

export function asText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

export function asNumber(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/** JSON or undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
