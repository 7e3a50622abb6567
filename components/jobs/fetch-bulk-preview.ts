import { bulkPreviewSchema, type BulkPreview } from "#lib/domain/job-selection.ts";
import { failureOf, ReadError, unknownShape } from "../layout/fetch-json.ts";
import type { AskedAction } from "./use-bulk-action.ts";

/** What an action would do. Rejects with `ReadError`, or with the abort itself. */
export async function fetchBulkPreview(asked: AskedAction, signal: AbortSignal): Promise<BulkPreview> {
  const response = await post(JSON.stringify(asked), signal);
  if (!response.ok) throw await failureOf(response);
  const parsed = bulkPreviewSchema.safeParse(await response.json());
  if (parsed.success) return parsed.data;
  throw unknownShape(response.status, parsed.error);
}

async function post(body: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch("/api/jobs/bulk/preview", { method: "POST", body, signal, cache: "no-store" });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ReadError("Batchmark does not answer. Check that it is running, then try again.", null, {
      cause,
    });
  }
}
