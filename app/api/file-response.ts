import { streamBytes } from "./stream-bytes.ts";

/** A download: bytes as they come, never stored on the way. What a file name cannot hold becomes `_`. */
export function fileResponse(
  bytes: AsyncIterable<Uint8Array>,
  { name, type, sizeBytes }: { name: string; type: "csv" | "jsonl"; sizeBytes?: number },
): Response {
  return new Response(streamBytes(bytes), {
    headers: {
      "content-type": type === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8",
      "content-disposition": `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, "_")}"`,
      ...(sizeBytes === undefined ? {} : { "content-length": String(sizeBytes) }),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

/** A moment inside a file name: `20261122_140533`, UTC. */
export function fileStamp(moment: Date): string {
  return moment.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
}
