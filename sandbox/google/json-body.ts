import type { SandboxContext } from "../http/endpoint.ts";
import { asObject, BodyTooLarge, parseJson, textBody } from "../http/request.ts";
import { invalidArgument } from "./errors.ts";

const EXCERPT_CHARACTERS = 40;

/** The body as a JSON object; 400 in Google's words when it is none. */
export async function readJson(
  context: SandboxContext,
  maxBytes: number,
): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await textBody(context, maxBytes);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    throw invalidArgument(`Request payload size exceeds the limit: ${maxBytes} bytes.`);
  }
  const value = parseJson(text);
  if (value === undefined) throw malformed(text);
  const body = asObject(value);
  if (body === null) throw invalidArgument("Invalid JSON payload received. Expected an object.");
  return body;
}

/** Shows the text around the place where it stops being JSON, with a mark below it. */
function malformed(text: string): Error {
  const at = placeOfProblem(text);
  if (at >= text.trimEnd().length) {
    return invalidArgument("Invalid JSON payload received. Unexpected end of string. Expected a value.\n\n^");
  }
  const from = text.lastIndexOf("\n", at) + 1;
  const start = Math.max(from, at - EXCERPT_CHARACTERS / 2);
  const excerpt = text.slice(start, start + EXCERPT_CHARACTERS).split("\n")[0] ?? "";
  const mark = `${" ".repeat(at - start)}^`;
  return invalidArgument(`Invalid JSON payload received. Unexpected token.\n${excerpt}\n${mark}`);
}

function placeOfProblem(text: string): number {
  try {
    JSON.parse(text);
  } catch (error) {
    // Only the number is taken from the wording of the runtime.
    const place = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    if (place !== undefined) return Number(place);
  }
  return text.length;
}
