import { createHash, type Hash } from "node:crypto";

/** Strings as a stream of bytes. */
export async function* bytesOf(...parts: string[]): AsyncIterable<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part);
}

/** Numbered lines in chunks of about 60 kB, at least `sizeBytes` in all. */
export async function* manyLines(sizeBytes: number, hash?: Hash): AsyncIterable<Uint8Array> {
  let sent = 0;
  for (let chunk = 0; sent < sizeBytes; chunk += 1) {
    const lines = Array.from(
      { length: 500 },
      (_, line) => `{"line":${chunk * 500 + line},"text":"${"x".repeat(100)}"}\n`,
    );
    const bytes = new TextEncoder().encode(lines.join(""));
    hash?.update(bytes);
    sent += bytes.byteLength;
    yield bytes;
  }
}

export async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** SHA-256 of a stream, which is never held as a whole. */
export async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of bytes) hash.update(part);
  return hash.digest("hex");
}
