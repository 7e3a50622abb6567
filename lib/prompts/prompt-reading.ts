import { fillTemplate } from "./fill-template.ts";

/** The ways of writing prompts down that can be read. */
export type PromptFormat = "text" | "csv" | "jsonl";

/** What is wrong, for the user, and where: lines count from 1, null means the whole file. */
export type PromptProblem = { line: number | null; message: string };

/** The prompts of a file or of pasted text, with everything that could not be used. */
export type PromptReading = {
  format: PromptFormat;
  /** In the order of the file; a prompt that stands there twice is here twice. */
  prompts: string[];
  /** Columns of a CSV header, or keys with text seen in JSONL objects: what the user can choose from. */
  columns: string[];
  /** The column or key the prompts were taken from; null where there is none. */
  column: string | null;
  /** The first `maximumListedProblems` problems. */
  problems: PromptProblem[];
  problemCount: number;
  /** How many of `prompts` repeat an earlier one. */
  duplicateCount: number;
};

export const maximumPrompts = 100_000;
export const maximumPromptFileBytes = 50 * 1024 * 1024;
/** Counted as JavaScript counts, in UTF-16 units. */
export const maximumPromptCharacters = 100_000;
export const maximumListedProblems = 100;

/** Columns and keys that are taken for the prompt unless the user chooses another one, the best first. */
export const usualPromptColumns: readonly string[] = ["prompt", "text", "question", "input"];

/** Gathers what a reader finds, line by line, and keeps to the limits. */
export class PromptCollector {
  private readonly prompts: string[] = [];
  private readonly distinct = new Set<string>();
  private readonly problems: PromptProblem[] = [];
  private problemCount = 0;
  private readonly format: PromptFormat;
  /** True once no more prompts are taken; a reader may stop then. */
  isFull = false;

  constructor(format: PromptFormat) {
    this.format = format;
  }

  /** Takes a prompt, or reports why it cannot be used. */
  add(line: number, prompt: string): void {
    if (this.isFull) return;
    const message = problemOf(prompt);
    if (message !== null) {
      this.report(line, message);
    } else if (this.prompts.length === maximumPrompts) {
      this.isFull = true;
      this.report(
        line,
        `Only the first ${groupDigits(maximumPrompts)} prompts are used; this line and all after it are not.`,
      );
    } else {
      this.prompts.push(prompt);
      this.distinct.add(prompt);
    }
  }

  /** Takes the template filled with the values of a line, or reports the variable that has none. */
  addFilled(line: number, template: string, valueOf: (name: string) => string | undefined): void {
    const { prompt, missing } = fillTemplate(template, valueOf);
    if (missing === null) this.add(line, prompt);
    else this.report(line, `The template names {${missing}}, and this line has no such value.`);
  }

  report(line: number | null, message: string): void {
    this.problemCount += 1;
    if (this.problems.length < maximumListedProblems) this.problems.push({ line, message });
  }

  /** The reading so far; `noun` names what was read ("file" or "text") should it turn out to hold nothing. */
  finish(noun: string, choice: { columns: string[]; column: string | null }): PromptReading {
    if (this.prompts.length === 0 && this.problemCount === 0)
      this.report(null, `This ${noun} holds no prompts.`);
    return {
      format: this.format,
      prompts: this.prompts,
      columns: choice.columns,
      column: choice.column,
      problems: this.problems,
      problemCount: this.problemCount,
      duplicateCount: this.prompts.length - this.distinct.size,
    };
  }
}

function problemOf(prompt: string): string | null {
  if (prompt.trim() === "") return "This prompt is empty.";
  if (prompt.length > maximumPromptCharacters) {
    return `This prompt is longer than ${groupDigits(maximumPromptCharacters)} characters.`;
  }
  // Neither can be stored: databases refuse NUL in text, and half a surrogate pair has no UTF-8 form.
  if (prompt.includes("\0")) return "This prompt holds a NUL character.";
  if (!prompt.isWellFormed()) return "This prompt holds half of a character (a lone surrogate).";
  return null;
}

/** A whole number as people write it: 100000 becomes "100,000". */
export function groupDigits(value: number): string {
  return value.toLocaleString("en-US");
}
