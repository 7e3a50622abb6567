import { ProviderError } from "#lib/domain/errors.ts";
import { streamFromProvider } from "../call-provider.ts";
import { countingLines } from "../json-lines.ts";
import { unreadableReplyError } from "../provider-failure.ts";
import type { CallOptions, ProviderJob } from "../provider.ts";
import { wireOperationSchema } from "./api-types.ts";
import { callGoogle, nameOf, openDownload, type GoogleClient } from "./client.ts";
import { mapOperation, outputOf } from "./mapper.ts";

const encoder = new TextEncoder();

/**
 * The result file, or the inlined responses of a job made elsewhere, as JSON lines. A file that ends before all counted
 * requests are in it fails with a retryable `unreadable_reply`: its size cannot be asked for.
 */
export async function* downloadResults(
  client: GoogleClient,
  job: ProviderJob,
  options: CallOptions,
): AsyncIterable<Uint8Array> {
  // Read anew: the record of an inline job is kept without its answers.
  const { output, seen } = await callGoogle(
    client,
    options,
    (sdk) => sdk.batches.get({ name: nameOf(job.id) }),
    (reply) => ({ output: outputOf(wireOperationSchema.parse(reply)), seen: mapOperation(reply) }),
  );
  const { responsesFile, inlinedResponses } = output;
  const expectedCount = (seen.counts.succeeded ?? 0) + (seen.counts.failed ?? 0);
  if (responsesFile === null) {
    // A job can be shown without its output for a while after it has ended; nothing is no result of it.
    if (seen.hasEnded && !seen.hasResults) {
      throw new ProviderError(
        `Google names no results of ${job.id} yet, although it counted ${expectedCount} requests. They are looked for again.`,
        { provider: "google", kind: "not_found", isRetryable: true },
      );
    }
    for (const response of inlinedResponses ?? []) yield encoder.encode(`${JSON.stringify(response)}\n`);
    return;
  }
  const bytes = streamFromProvider(client.context, options, (signal) =>
    openDownload(client, responsesFile, signal),
  );
  yield* countingLines(bytes, (lineCount) => {
    if (!client.shortages.isCutOff(job.id, lineCount, expectedCount)) return;
    throw unreadableReplyError(
      `the result file has ${lineCount} lines and ${expectedCount} requests were counted.`,
      client.context,
    );
  });
}
