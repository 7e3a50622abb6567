import { exportJobSet } from "#lib/engine/export-job-set.ts";
import { getContext } from "#lib/server-context.ts";
import { streamBytes } from "../../../../stream-bytes.ts";
import { respond } from "../../../../respond.ts";

/** A job set as one file. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ jobSetId: string }> },
): Promise<Response> {
  const { jobSetId } = await params;
  try {
    const { name, bytes } = await exportJobSet(await getContext(), jobSetId);
    const safeName = name.replaceAll(/[^A-Za-z0-9_-]+/g, "_").slice(0, 60);
    return new Response(streamBytes(bytes), {
      headers: {
        "content-type": "application/gzip",
        "content-disposition": `attachment; filename="${safeName}.batchmark.jsonl.gz"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    return respond(() => Promise.reject(error));
  }
}
