import { ProviderError } from "#lib/domain/errors.ts";
import { streamFromProvider } from "../call-provider.ts";
import { countingLines } from "../json-lines.ts";
import { unreadableReplyError } from "../provider-failure.ts";
import type { BatchProvider, CallOptions, ProviderJob } from "../provider.ts";
import { wireBatchSchema } from "./api-types.ts";
import type { AnthropicClient } from "./client.ts";

/**
 * The result lines. A body that ends cleanly but too early looks complete, and there is one line for every request: fewer
 * lines than requests fail with a retryable `unreadable_reply` after the last byte.
 */
export async function* downloadResults(
  client: AnthropicClient,
  provider: Pick<BatchProvider, "get">,
  job: ProviderJob,
  options: CallOptions,
): AsyncIterable<Uint8Array> {
  const current = job.hasEnded && resultsUrlOf(job) ? job : await provider.get(job.id, options);
  const resultsUrl = resultsUrlOf(current);
  if (!resultsUrl) throw noResultsError(current);
  refuseOtherOrigin(resultsUrl, client.context.baseUrl);
  const bytes = streamFromProvider(client.context, options, (signal) =>
    client.sdk
      .get(resultsUrl, {
        headers: { accept: "application/x-jsonl" },
        signal,
        fetchOptions: { redirect: "error" },
      })
      .asResponse(),
  );
  const expectedCount = current.counts.total ?? 0;
  yield* countingLines(bytes, (lineCount) => {
    if (!client.shortages.isCutOff(job.id, lineCount, expectedCount)) return;
    throw unreadableReplyError(
      `the results have ${lineCount} lines and the batch ${expectedCount} requests.`,
      client.context,
    );
  });
}

function resultsUrlOf(job: ProviderJob): string | null {
  return wireBatchSchema.safeParse(job.raw).data?.results_url || null;
}

function noResultsError({ id, hasEnded }: ProviderJob): ProviderError {
  const message = hasEnded
    ? `Anthropic has no results of ${id} any more; it keeps them for 29 days.`
    : `The batch ${id} has not ended, and Anthropic gives no results before that. Wait for its end.`;
  return new ProviderError(message, { provider: "anthropic", kind: "not_found", isRetryable: !hasEnded });
}

/** The address comes out of a reply and the request to it carries the key, so it must be where the key belongs. */
function refuseOtherOrigin(resultsUrl: string, baseUrl: string): void {
  const expected = new URL(baseUrl).origin;
  if (URL.canParse(resultsUrl) && new URL(resultsUrl).origin === expected) return;
  throw new ProviderError(
    `Anthropic named ${resultsUrl} as the place of the results, which is not at ${expected}. The key is not sent there; check ANTHROPIC_BASE_URL.`,
    { provider: "anthropic", kind: "unreadable_reply", isRetryable: false },
  );
}
