import { groupDigits, maximumPromptFileBytes } from "./prompt-reading.ts";
import type { PromptProblem } from "./prompt-reading.ts";

/** The text of a file, or why it has none. */
export type DecodedText = { text: string; problem: null } | { text: null; problem: PromptProblem };

const lineFeed = 0x0a;

/**
 * Decodes the bytes of a prompt file as UTF-8, with or without byte order mark; never throws.
 * Anything else (empty, too large, UTF-16, NUL bytes, invalid UTF-8) is a problem in words for the user.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const message = problemOf(bytes);
  if (message !== null) return { text: null, problem: { line: null, message } };
  const text = decodeUtf8(bytes);
  if (text !== null) return { text, problem: null };
  const line = firstInvalidLine(bytes);
  return {
    text: null,
    problem: {
      line,
      message: `This file is not text in UTF-8: line ${groupDigits(line)} holds other bytes. Save it as UTF-8 and try again.`,
    },
  };
}

function problemOf(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return "This file is empty.";
  if (bytes.length > maximumPromptFileBytes) {
    return `This file is larger than ${groupDigits(maximumPromptFileBytes / 1024 / 1024)} MB.`;
  }
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (mark === 0xfffe || mark === 0xfeff) {
    return "This file is not text in UTF-8 but in UTF-16. Save it as UTF-8 and try again.";
  }
  if (bytes.includes(0)) {
    return "This file is not text: it holds NUL bytes, as pictures, archives, spreadsheets and UTF-16 do.";
  }
  return null;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function firstInvalidLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    if (decodeUtf8(bytes.subarray(start, end)) === null) return line;
    start = end + 1;
  }
  return line;
}
