import { respond } from "../respond.ts";
import { streamBytes } from "../stream-bytes.ts";

export type LinesFile = { fileName: string; bytes: AsyncIterable<Uint8Array> };

/** Streams JSON lines as a file, or answers with the failure of opening them. */
export async function respondWithLines(open: () => Promise<LinesFile>): Promise<Response> {
  let file: LinesFile;
  try {
    file = await open();
  } catch (error) {
    return respond(() => Promise.reject(error));
  }
  return new Response(streamBytes(file.bytes), {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "content-disposition": `attachment; filename="${file.fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
