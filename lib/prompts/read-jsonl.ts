import * as z from "zod/mini";
import { batchLinePrompts } from "./batch-line-prompts.ts";
import {
  groupDigits,
  maximumPromptCharacters,
  PromptCollector,
  usualPromptColumns,
} from "./prompt-reading.ts";
import type { PromptReading } from "./prompt-reading.ts";
import { textLines } from "./text-lines.ts";

/** More keys than anybody chooses from; it bounds the memory for lines that all have others. */
const maximumKeys = 100;
const maximumKeyCharacters = 200;

const jsonObject = z.record(z.string(), z.unknown());

/**
 * Reads JSON Lines: each line a string, an object with the prompt under `column` (unless chosen: under a usual name,
 * or the only text of the first object), or a line of a batch input file of OpenAI, Google or Anthropic. With a
 * template a prompt is the template with the texts, numbers and truths of an object, or with a string as `{prompt}`.
 */
export function readJsonl(
  text: string,
  noun: string,
  options: { column?: string; template?: string },
): PromptReading {
  const collector = new PromptCollector("jsonl");
  const keys = new KeyChoice(options.column);
  if (text.trimStart().startsWith("[")) {
    collector.report(1, "This is one JSON array. Write one JSON value per line instead (JSON Lines).");
    return collector.finish(noun, keys);
  }
  for (const { line, content } of textLines(text)) {
    if (collector.isFull) break;
    if (content.trim() === "") continue;
    if (content.length > maximumPromptCharacters) {
      collector.report(line, `This line is longer than ${groupDigits(maximumPromptCharacters)} characters.`);
      continue;
    }
    if (options.template !== undefined) {
      addFilledLine(collector, { line, content, keys, template: options.template });
      continue;
    }
    const found = promptsOfLine(content, keys);
    if (typeof found === "string") collector.report(line, found);
    else for (const prompt of found) collector.add(line, prompt);
  }
  return collector.finish(noun, keys);
}

type TemplateLine = { line: number; content: string; keys: KeyChoice; template: string };

function addFilledLine(collector: PromptCollector, { line, content, keys, template }: TemplateLine): void {
  const value = parseJson(content);
  const object = typeof value === "string" ? { prompt: value } : jsonObject.safeParse(value).data;
  if (object === undefined) {
    collector.report(line, "This line is neither a JSON string nor a JSON object.");
    return;
  }
  keys.promptOf(object);
  collector.addFilled(line, template, (name) => {
    const field = Object.hasOwn(object, name) ? object[name] : undefined;
    const isPlain = typeof field === "string" || typeof field === "number" || typeof field === "boolean";
    return isPlain ? String(field) : undefined;
  });
}

/** The prompts of a line, or what is wrong with it. */
function promptsOfLine(content: string, keys: KeyChoice): string[] | string {
  const value = parseJson(content);
  if (value === undefined) return "This line is not valid JSON.";
  if (typeof value === "string") return [value];
  const object = jsonObject.safeParse(value).data;
  if (object === undefined) return "This line is neither a JSON string nor a JSON object.";
  const fromBatch = keys.isChosen ? null : batchLinePrompts(object);
  if (fromBatch !== null) return fromBatch.length > 0 ? fromBatch : "This request holds no text of a user.";
  const prompt = keys.promptOf(object);
  return prompt === null ? `There is no text under ${keys.wanted}.` : [prompt];
}

/** JSON has no undefined, so that it can stand for a line that is not JSON. */
function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** Which keys were seen, and under which one the prompts are. */
class KeyChoice {
  readonly columns: string[] = [];
  readonly isChosen: boolean;
  column: string | null;
  private candidates: readonly string[];

  constructor(chosen: string | undefined) {
    this.isChosen = chosen !== undefined;
    this.column = chosen ?? null;
    this.candidates = chosen === undefined ? usualPromptColumns : [chosen];
  }

  get wanted(): string {
    return this.candidates.map((key) => `"${key}"`).join(", ");
  }

  promptOf(object: Record<string, unknown>): string | null {
    const texts = new Map(Object.entries(object).filter((entry) => typeof entry[1] === "string"));
    if (this.columns.length === 0) this.adoptOnlyKey([...texts.keys()]);
    for (const key of texts.keys()) this.see(key);
    for (const key of this.candidates) {
      const text = texts.get(key);
      if (typeof text !== "string") continue;
      this.column ??= key;
      return text;
    }
    return null;
  }

  /** The first object stands for a header: when it holds one text only, that is where the prompts are. */
  private adoptOnlyKey(keys: readonly string[]): void {
    const [only] = keys;
    const isUnclear = keys.length !== 1 || this.isChosen || this.column !== null;
    if (only !== undefined && !isUnclear && !this.candidates.includes(only)) {
      this.candidates = [...this.candidates, only];
    }
  }

  private see(key: string): void {
    if (this.columns.length === maximumKeys || key.length > maximumKeyCharacters) return;
    if (!this.columns.includes(key)) this.columns.push(key);
  }
}
