import * as z from "zod/mini";
import { bulkProgressSchema, type BulkInput, type BulkProgress } from "#lib/domain/job-selection.ts";
import { fetchLines } from "../layout/fetch-lines.ts";

const failureSchema = z.object({ type: z.literal("failure"), message: z.string() });
const lineSchema = z.union([bulkProgressSchema, failureSchema]);

/**
 * Asks the server to act on many jobs and yields how far it is. Rejects with a message for the user when the server
 * refuses, or goes away before the end.
 */
export async function* runBulk(input: BulkInput, signal: AbortSignal): AsyncIterable<BulkProgress> {
  let isFinished = false;
  for await (const line of fetchLines("/api/jobs/bulk", lineSchema, { signal, body: input })) {
    if ("type" in line) throw new Error(line.message);
    isFinished = line.isFinished;
    yield line;
  }
  if (!isFinished) throw new Error("Batchmark went away before everything was done. Try again for the rest.");
}
