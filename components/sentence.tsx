import { formatRelative } from "./format.ts";
import { Time } from "./ui/time.tsx";

/** A sentence in pieces: words, and moments that are written as "3 min ago". */
export type SentenceParts = readonly (string | Date)[];

/** Writes a sentence; its moments age by themselves and tell the exact time on hover. */
export function Sentence({ parts }: { parts: SentenceParts }) {
  return parts.map((part, index) =>
    typeof part === "string" ? part : <Time key={index} value={part} show="relative" />,
  );
}

/** The sentence as plain text. */
export function sentenceText(parts: SentenceParts, now: Date): string {
  return parts.map((part) => (typeof part === "string" ? part : formatRelative(part, now))).join("");
}
