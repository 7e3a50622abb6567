import { z } from "zod";
import { lenient, wireCount, wireId } from "../wire-values.ts";

const text = lenient(z.string());

/** A message batch. Without its id and status it is no batch, everything else may be missing. */
export const wireBatchSchema = z.looseObject({
  id: z.string().min(1),
  processing_status: z.string().min(1),
  request_counts: lenient(
    z.looseObject({
      processing: wireCount,
      succeeded: wireCount,
      errored: wireCount,
      canceled: wireCount,
      expired: wireCount,
    }),
  ),
  created_at: text,
  ended_at: text,
  expires_at: text,
  cancel_initiated_at: text,
  results_url: text,
});
export type WireBatch = z.infer<typeof wireBatchSchema>;

export const wirePageSchema = z.looseObject({
  data: z.array(z.unknown()),
  has_more: lenient(z.boolean()),
  last_id: text,
});

export const wireModelSchema = z.looseObject({
  id: z.string().min(1),
  display_name: text,
  lifecycle: text,
  retires_at: text,
  capabilities: lenient(
    z.looseObject({ batch: lenient(z.looseObject({ supported: lenient(z.boolean()) })) }),
  ),
});

const apiError = lenient(z.looseObject({ type: text, message: text }));

export const wireErrorSchema = z.looseObject({
  error: z.looseObject({
    type: text,
    message: text,
    details: lenient(z.looseObject({ error_code: text })),
  }),
  request_id: text,
});

const message = lenient(
  z.looseObject({
    content: lenient(z.array(z.looseObject({ type: text, text }))),
    stop_reason: text,
    stop_details: lenient(z.looseObject({ category: text, explanation: text })),
    usage: lenient(
      z.looseObject({
        input_tokens: wireCount,
        output_tokens: wireCount,
        cache_creation_input_tokens: wireCount,
        cache_read_input_tokens: wireCount,
        output_tokens_details: lenient(z.looseObject({ thinking_tokens: wireCount })),
      }),
    ),
  }),
);

/** The API's error object sits one level below the line's own: `result.error.error`. */
export const wireResultLineSchema = z.looseObject({
  custom_id: wireId,
  result: z.looseObject({
    type: z.string(),
    message,
    error: lenient(z.looseObject({ type: text, message: text, error: apiError })),
  }),
});
export type WireResult = z.infer<typeof wireResultLineSchema>["result"];
