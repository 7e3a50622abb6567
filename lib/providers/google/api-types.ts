import { z } from "zod";
import { lenient, wireCount, wireId, wireInteger, wireTotal } from "../wire-values.ts";

const text = lenient(z.string());

const inlinedResponses = lenient(
  z.looseObject({ inlinedResponses: lenient(z.array(z.record(z.string(), z.unknown()))) }),
);

const output = lenient(z.looseObject({ responsesFile: text, inlinedResponses }));

/** A batch as the wire has it: a long-running operation. The SDK's own object drops `done`, `error` and `batchStats`. */
export const wireOperationSchema = z.looseObject({
  name: z.string().min(1),
  metadata: z.looseObject({
    state: z.string().min(1),
    model: text,
    displayName: text,
    createTime: text,
    endTime: text,
    inputConfig: lenient(z.looseObject({ fileName: text })),
    output,
    batchStats: lenient(
      z.looseObject({
        requestCount: wireCount,
        successfulRequestCount: wireCount,
        failedRequestCount: wireCount,
        pendingRequestCount: wireCount,
      }),
    ),
  }),
  error: lenient(z.looseObject({ code: wireInteger, message: text })),
  response: output,
});
export type WireOperation = z.infer<typeof wireOperationSchema>;

/** An empty list is `{}`. */
export const wireOperationPageSchema = z.looseObject({
  operations: z.array(z.unknown()).nullish(),
  nextPageToken: text,
});

export const wireModelPageSchema = z.looseObject({
  models: z
    .array(
      z.looseObject({
        name: z.string().min(1),
        displayName: text,
        supportedGenerationMethods: lenient(z.array(z.string())),
      }),
    )
    .nullish(),
  nextPageToken: text,
});

export const wireUploadedFileSchema = z.looseObject({ file: z.looseObject({ name: z.string().min(1) }) });

/** Without its name it is no file; everything else may be missing. */
export const wireListedFileSchema = z.looseObject({
  name: z.string().min(1),
  displayName: text,
  mimeType: text,
  sizeBytes: wireTotal,
  createTime: text,
  expirationTime: text,
});

/** An empty list is `{}`. */
export const wireFilePageSchema = z.looseObject({
  files: z.array(wireListedFileSchema).nullish(),
  nextPageToken: text,
});

export const wireErrorSchema = z.looseObject({
  error: z.looseObject({
    message: text,
    status: text,
    details: lenient(z.array(z.looseObject({ "@type": text, reason: text, retryDelay: text }))),
  }),
});

export const wireResponseSchema = z.looseObject({
  candidates: lenient(
    z.array(
      z.looseObject({
        finishReason: text,
        finishMessage: text,
        content: lenient(
          z.looseObject({ parts: lenient(z.array(z.looseObject({ text, thought: lenient(z.boolean()) }))) }),
        ),
      }),
    ),
  ),
  promptFeedback: lenient(z.looseObject({ blockReason: text, blockReasonMessage: text })),
  usageMetadata: lenient(
    z.looseObject({
      promptTokenCount: wireCount,
      candidatesTokenCount: wireCount,
      totalTokenCount: wireCount,
      thoughtsTokenCount: wireCount,
      cachedContentTokenCount: wireCount,
    }),
  ),
  // Embeddings say how many tokens they read here, and have no `usageMetadata`.
  tokenCount: wireCount,
});
export type WireResponse = z.infer<typeof wireResponseSchema>;

/** A line of a result file has its key on top, an inlined response in its metadata. */
export const wireResultLineSchema = z.looseObject({
  key: wireId,
  metadata: lenient(z.looseObject({ key: wireId })),
  response: lenient(wireResponseSchema),
  error: lenient(z.looseObject({ code: wireInteger, status: text, message: text })),
});
