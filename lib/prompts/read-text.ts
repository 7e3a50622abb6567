import { PromptCollector } from "./prompt-reading.ts";
import type { PromptReading } from "./prompt-reading.ts";
import { textLines } from "./text-lines.ts";

/** Reads plain text: one prompt a line, without the white space around it; blank lines do not count. */
export function readText(text: string, noun: string): PromptReading {
  const collector = new PromptCollector("text");
  for (const { line, content } of textLines(text)) {
    if (collector.isFull) break;
    const prompt = content.trim();
    if (prompt !== "") collector.add(line, prompt);
  }
  return collector.finish(noun, { columns: [], column: null });
}
