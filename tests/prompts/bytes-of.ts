/** The UTF-8 bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The bytes of a text in UTF-16, little endian, with or without byte order mark. */
export function utf16BytesOf(text: string, withMark: boolean): Uint8Array {
  const marked = withMark ? `\uFEFF${text}` : text;
  return Uint8Array.from(
    Array.from({ length: marked.length }, (_, index) => marked.charCodeAt(index)).flatMap((unit) => [
      unit & 0xff,
      unit >> 8,
    ]),
  );
}
