import { decodeText } from "./decode-text.ts";
import { PromptCollector } from "./prompt-reading.ts";
import type { PromptFormat, PromptReading } from "./prompt-reading.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonl } from "./read-jsonl.ts";
import { readText } from "./read-text.ts";

export type { PromptFormat, PromptProblem, PromptReading } from "./prompt-reading.ts";

/** What is known of a file beside its bytes; a format that is not given is found by name or content. */
export type ReadPromptsOptions = {
  fileName?: string;
  format?: PromptFormat;
  /** The CSV column or JSONL key to take; without it a usual name is looked for. */
  column?: string;
  /** A text with `{variables}` that each line or row fills with its values; see `fill-template.ts`. */
  template?: string;
};

const formatOfExtension = new Map<string, PromptFormat>([
  ["txt", "text"],
  ["text", "text"],
  ["md", "text"],
  ["csv", "csv"],
  ["tsv", "csv"],
  ["jsonl", "jsonl"],
  ["ndjson", "jsonl"],
  ["json", "jsonl"],
]);

/**
 * Reads the prompts of a file, in a browser as well as on a server. Never throws: what is wrong with the file or
 * with a line is among the problems, and the good lines around it are kept.
 */
export function readPrompts(bytes: Uint8Array, options: ReadPromptsOptions): PromptReading {
  const extension = options.fileName?.split(".").at(-1)?.toLowerCase() ?? "";
  const namedFormat = options.format ?? formatOfExtension.get(extension);
  const { text, problem } = decodeText(bytes);
  if (problem !== null) {
    const collector = new PromptCollector(namedFormat ?? "text");
    collector.report(problem.line, problem.message);
    return collector.finish("file", { columns: [], column: null });
  }
  const format = namedFormat ?? formatOfContent(text);
  const { column, template } = options;
  if (format === "csv")
    return readCsv(text, "file", { column, template, delimiter: extension === "tsv" ? "\t" : undefined });
  return format === "jsonl"
    ? readJsonl(text, "file", { column, template })
    : readText(text, "file", { template });
}

/**
 * Reads pasted text: JSON Lines when its first line is a JSON object, else one prompt a line; blank lines do not count.
 * A template has the line as `{prompt}`.
 */
export function readPastedPrompts(text: string, template?: string): PromptReading {
  return formatOfContent(text) === "jsonl"
    ? readJsonl(text, "text", { template })
    : readText(text, "text", { template });
}

/** JSON Lines give themselves away by a first line that is a JSON object; everything else is plain text. */
function formatOfContent(text: string): PromptFormat {
  const [firstLine = ""] = text.trimStart().split(/[\r\n]/, 1);
  if (!firstLine.startsWith("{")) return "text";
  try {
    JSON.parse(firstLine);
    return "jsonl";
  } catch {
    return "text";
  }
}
