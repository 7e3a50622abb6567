import type { AppContext } from "#lib/context.ts";
import type { Job } from "#lib/domain/job.ts";
import { readResultLines } from "#lib/providers/json-lines.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";

/**
 * A job's collected results as JSON lines in one shape for all providers, streamed. A line that could not be read
 * keeps its raw text: `{"customId":null,"outcome":null,"unreadable":{"lineNumber","reason","raw"}}`.
 */
export async function* unifiedResults(
  context: Pick<AppContext, "storage" | "providers">,
  job: Pick<Job, "id" | "provider">,
): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  const provider = context.providers.get(job.provider);
  const bytes = context.storage.read(rawResultsKey(job.id));
  for await (const line of readResultLines(bytes, (text) => provider.readResultLine(text))) {
    const shown =
      line.kind === "result"
        ? line.result
        : {
            customId: null,
            outcome: null,
            unreadable: { lineNumber: line.lineNumber, reason: line.reason, raw: line.raw },
          };
    yield encoder.encode(`${JSON.stringify(shown)}\n`);
  }
}
