import type { AppContext } from "#lib/context.ts";
import { listErrorKinds, type StoredErrorKind } from "#lib/db/queries/list-error-kinds.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ErrorKind } from "#lib/domain/error-kind.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";

const longestLineBytes = 64 * 1024;
/** Where providers write the id of a request: OpenAI, Anthropic, Google. */
const requestIdKeys = new Set(["request_id", "requestId", "responseId"]);
const deepestObject = 6;

/** The bad outcomes of a job by kind, each with the provider's id of one such request where its line tells it. */
export async function readErrorKinds(
  context: Pick<AppContext, "db" | "storage">,
  jobId: string,
): Promise<ErrorKind[]> {
  const kinds = await listErrorKinds(context.db, jobId);
  return Promise.all(
    kinds.map(async ({ offsetBytes, lengthBytes, ...kind }) => ({
      ...kind,
      requestId: await readRequestId(context, jobId, { offsetBytes, lengthBytes }),
    })),
  );
}

async function readRequestId(
  { storage }: Pick<AppContext, "storage">,
  jobId: string,
  range: Pick<StoredErrorKind, "offsetBytes" | "lengthBytes">,
): Promise<string | null> {
  if (range.lengthBytes > longestLineBytes) return null;
  try {
    const parts: Uint8Array[] = [];
    for await (const part of storage.read(rawResultsKey(jobId), range)) parts.push(part);
    return requestIdIn(JSON.parse(Buffer.concat(parts).toString("utf8")), deepestObject);
  } catch (error) {
    // A line that is no JSON, or a file that is gone, tells no id.
    if (error instanceof SyntaxError || error instanceof AppError) return null;
    throw error;
  }
}

function requestIdIn(value: unknown, depth: number): string | null {
  if (typeof value !== "object" || value === null || depth === 0) return null;
  for (const [key, part] of Object.entries(value)) {
    if (requestIdKeys.has(key) && typeof part === "string" && part !== "") return part.slice(0, 200);
    const found = requestIdIn(part, depth - 1);
    if (found !== null) return found;
  }
  return null;
}
