import { openAsBlob } from "node:fs";
import { randomToken } from "#lib/domain/ids.ts";

/**
 * The multipart form of a batch input file as one blob: read from disk as it is sent, with its length known beforehand.
 * It is not a FormData, because fetch goes on reading a FormData after its request has failed, and the rejection of
 * that read has nobody to catch it: it would end the process.
 */
export async function openFileForm(
  path: string,
  fileName: string,
): Promise<{ body: Blob; contentType: string }> {
  const boundary = `batchmark-${randomToken(24)}`;
  const part = (headers: string) => `--${boundary}\r\nContent-Disposition: form-data; ${headers}\r\n\r\n`;
  const body = new Blob([
    part('name="purpose"'),
    "batch\r\n",
    part(`name="file"; filename="${fileName}"\r\nContent-Type: application/jsonl`),
    await openAsBlob(path),
    `\r\n--${boundary}--\r\n`,
  ]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}
