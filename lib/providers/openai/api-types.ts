import { z } from "zod";
import { lenient, wireCount, wireId, wireTotal } from "../wire-values.ts";

const text = lenient(z.string());
const number = lenient(z.number());

/** `""` stands for "no file" in some replies. */
const fileId = lenient(z.string().transform((id) => id || null));

const usage = lenient(
  z.looseObject({
    input_tokens: wireTotal,
    output_tokens: wireTotal,
    total_tokens: wireTotal,
    input_tokens_details: lenient(z.looseObject({ cached_tokens: wireTotal })),
    output_tokens_details: lenient(z.looseObject({ reasoning_tokens: wireTotal })),
  }),
);

const batchError = z.looseObject({ code: text, message: text, line: wireCount });

/** A batch. Times are Unix seconds; without its id and status it is no batch, everything else may be missing. */
export const wireBatchSchema = z.looseObject({
  id: z.string().min(1),
  status: z.string().min(1),
  model: text,
  input_file_id: fileId,
  output_file_id: fileId,
  error_file_id: fileId,
  created_at: number,
  in_progress_at: number,
  finalizing_at: number,
  cancelling_at: number,
  completed_at: number,
  failed_at: number,
  expired_at: number,
  cancelled_at: number,
  expires_at: number,
  request_counts: lenient(z.looseObject({ total: wireCount, completed: wireCount, failed: wireCount })),
  usage,
  metadata: lenient(z.record(z.string(), z.unknown())),
  errors: lenient(z.looseObject({ data: lenient(z.array(batchError)) })),
});
export type WireBatch = z.infer<typeof wireBatchSchema>;

export const wireBatchPageSchema = z.looseObject({
  data: z.array(z.unknown()),
  has_more: lenient(z.boolean()),
});

export const wireFileSchema = z.looseObject({ id: z.string().min(1), bytes: wireTotal });

/** Without its id it is no file; everything else may be missing. */
export const wireListedFileSchema = z.looseObject({
  id: z.string().min(1),
  filename: text,
  purpose: text,
  bytes: wireTotal,
  created_at: number,
  expires_at: number,
});

export const wireFilePageSchema = z.looseObject({
  data: z.array(wireListedFileSchema),
  has_more: lenient(z.boolean()),
});

export const wireModelPageSchema = z.looseObject({
  data: z.array(z.looseObject({ id: z.string().min(1), shutdown_date: text })),
});

const errorBody = lenient(z.looseObject({ code: text, type: text, message: text }));

const contentParts = lenient(z.array(z.looseObject({ type: text, text, refusal: text })));

/** The body of an answered line: a chat completion, or what other endpoints answer when somebody else made the batch. */
export const wireAnswerSchema = z.looseObject({
  choices: lenient(
    z.array(
      z.looseObject({
        finish_reason: text,
        /** Of the old completions. */
        text,
        message: lenient(
          z.looseObject({ content: lenient(z.union([z.string(), contentParts])), refusal: text }),
        ),
      }),
    ),
  ),
  output: lenient(z.array(z.looseObject({ type: text, content: contentParts }))),
  status: text,
  incomplete_details: lenient(z.looseObject({ reason: text })),
  usage: lenient(
    z.looseObject({
      prompt_tokens: wireCount,
      completion_tokens: wireCount,
      input_tokens: wireCount,
      output_tokens: wireCount,
      total_tokens: wireCount,
      prompt_tokens_details: lenient(z.looseObject({ cached_tokens: wireCount })),
      completion_tokens_details: lenient(z.looseObject({ reasoning_tokens: wireCount })),
      input_tokens_details: lenient(z.looseObject({ cached_tokens: wireCount })),
      output_tokens_details: lenient(z.looseObject({ reasoning_tokens: wireCount })),
    }),
  ),
  error: errorBody,
});
export type WireAnswer = z.infer<typeof wireAnswerSchema>;

export const wireResultLineSchema = z.looseObject({
  custom_id: wireId,
  response: lenient(z.looseObject({ status_code: number, body: z.unknown() })),
  error: errorBody,
});
