import { fileResponse } from "../file-response.ts";
import { respond } from "../respond.ts";

export type LinesFile = { fileName: string; bytes: AsyncIterable<Uint8Array> };

/** Streams JSON lines as a file, or answers with the failure of opening them. */
export async function respondWithLines(open: () => Promise<LinesFile>): Promise<Response> {
  let file: LinesFile;
  try {
    file = await open();
  } catch (error) {
    return respond(() => Promise.reject(error));
  }
  return fileResponse(file.bytes, { name: file.fileName, type: "jsonl" });
}
