import type { requestResults } from "#lib/db/schema/request-results.ts";
import { requestIndexOf } from "#lib/domain/ids.ts";
import { excerptLength } from "#lib/domain/result-page.ts";
import type { ResultLine } from "#lib/domain/result.ts";

/** PostgreSQL text cannot hold NUL characters; models can answer with them. */
function storable(text: string | null, maximumLength: number = excerptLength): string | null {
  return text === null ? null : text.slice(0, maximumLength).replaceAll("\u0000", "\uFFFD");
}

/** One result line as it is stored: the start of the answer, and where the whole line stands in the raw file. */
export function toResultRow(
  job: { id: string; nonce: string | null },
  line: ResultLine,
): typeof requestResults.$inferInsert {
  const place = {
    jobId: job.id,
    lineNumber: line.lineNumber,
    offsetBytes: line.offsetBytes,
    lengthBytes: line.lengthBytes,
  };
  if (line.kind === "unreadable") return { ...place, errorMessage: storable(line.reason) };
  const { result } = line;
  const { customId } = result;
  return {
    ...place,
    requestIndex: customId !== null && job.nonce !== null ? requestIndexOf(customId, job.nonce) : null,
    customId: storable(customId, 256),
    outcome: result.outcome,
    textExcerpt: storable(result.text),
    finishReason: storable(result.finishReason, 100),
    refusal: storable(result.refusal),
    errorCode: storable(result.error?.code ?? null, 200),
    errorMessage: storable(result.error?.message ?? null),
    inputTokens: result.usage?.inputTokens ?? null,
    outputTokens: result.usage?.outputTokens ?? null,
    totalTokens: result.usage?.totalTokens ?? null,
    cachedTokens: result.usage?.cachedTokens ?? null,
    reasoningTokens: result.usage?.reasoningTokens ?? null,
  };
}
