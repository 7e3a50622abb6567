import { asNumber, asText } from "../http/request.ts";
import type { Judgement } from "./judge.ts";

type Body = Readonly<Record<string, unknown>>;

/** One pixel; a client that wants to look at it can. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const TOKENS_OF_QUALITY: Readonly<Record<string, number>> = { low: 272, medium: 1_056, high: 4_160 };

/** Number and quality of the images that a body asks for. */
function wanted(body: Body): { count: number; quality: string } {
  const quality = asText(body["quality"]) ?? "medium";
  return {
    count: Math.min(Math.max(asNumber(body["n"]) ?? 1, 1), 10),
    quality: quality in TOKENS_OF_QUALITY ? quality : "medium",
  };
}

/** Output tokens of the images. */
export function imageTokens(body: Body): number {
  const { count, quality } = wanted(body);
  return count * (TOKENS_OF_QUALITY[quality] ?? 0);
}

/** The body of `/v1/images/generations` and `/v1/images/edits`. */
export function imagesBody(body: Body, { tokens }: Judgement, created: number): unknown {
  const { count, quality } = wanted(body);
  return {
    created,
    background: asText(body["background"]) ?? "opaque",
    data: Array.from({ length: count }, () => ({ b64_json: PIXEL })),
    output_format: "png",
    quality,
    size: asText(body["size"]) ?? "1024x1024",
    usage: {
      input_tokens: tokens.input,
      input_tokens_details: { image_tokens: 0, text_tokens: tokens.input },
      output_tokens: tokens.output,
      total_tokens: tokens.input + tokens.output,
    },
  };
}
