import type { SandboxContext } from "../http/endpoint.ts";
import { asObject, BodyTooLarge, parseJson, textBody } from "../http/request.ts";
import { openAiError } from "./errors.ts";

const MAX_BODY_BYTES = 1 << 20;

/** The body as a JSON object; 400 when it is none. */
export async function readJsonBody(context: SandboxContext): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body = asObject(parseJson(await textBody(context, MAX_BODY_BYTES)));
    if (body !== null) return body;
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
  }
  throw openAiError(
    400,
    "We could not parse the JSON body of your request. The OpenAI API expects a JSON payload.",
  );
}
