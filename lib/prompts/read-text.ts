import { PromptCollector } from "./prompt-reading.ts";
import type { PromptReading } from "./prompt-reading.ts";
import { textLines } from "./text-lines.ts";

/** The one variable that a template can name where there are no columns. */
const lineVariable = "prompt";

/**
 * Reads plain text: one prompt a line, without the white space around it; blank lines do not count. With a template
 * each line is put in the place of `{prompt}`.
 */
export function readText(
  text: string,
  noun: string,
  { template }: { template?: string } = {},
): PromptReading {
  const collector = new PromptCollector("text");
  for (const { line, content } of textLines(text)) {
    if (collector.isFull) break;
    const prompt = content.trim();
    if (prompt === "") continue;
    if (template === undefined) collector.add(line, prompt);
    else collector.addFilled(line, template, (name) => (name === lineVariable ? prompt : undefined));
  }
  return collector.finish(noun, { columns: [], column: null });
}
