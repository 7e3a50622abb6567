import { flagDefinitions, isFlagName, type FlagName, type GivenFlags } from "./flags.ts";
import { UsageError } from "./usage-error.ts";

export type ParsedArguments = {
  flags: GivenFlags;
  /** Arguments without a flag: report files. */
  files: string[];
};

/**
 * Reads the arguments. A flag is written `--name value`, `--name=value`, with one dash or two, with `_` or `-` in its
 * name; a switch may be turned off by `--noname` or `--name=false`. Throws `UsageError` that names the wrong argument.
 */
export function parseFlags(args: readonly string[]): ParsedArguments {
  const given = new Map<FlagName, string[]>();
  const files: string[] = [];
  let areFilesOnly = false;
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? "";
    if (argument === "--") areFilesOnly = true;
    else if (areFilesOnly || !/^--?[a-z]/i.test(argument)) files.push(argument);
    else {
      const { name, value } = readFlag(argument);
      const taken = value ?? (flagDefinitions[name].kind === "switch" ? "true" : args[(index += 1)]);
      if (taken === undefined || (value === null && /^--[a-z]/i.test(taken))) {
        throw new UsageError(`--${name} needs a value, for example ${exampleOf(name)}.`);
      }
      given.set(name, [...(given.get(name) ?? []), taken]);
    }
  }
  return { flags: toFlags(given), files };
}

function readFlag(argument: string): { name: FlagName; value: string | null } {
  const [, written = "", value] = /^--?([^=]+)(?:=([\s\S]*))?$/.exec(argument) ?? [];
  const name = written.replaceAll("-", "_");
  if (isFlagName(name)) return { name, value: value ?? null };
  const positive = name.replace(/^no/, "");
  if (positive !== name && isFlagName(positive) && flagDefinitions[positive].kind === "switch") {
    return { name: positive, value: "false" };
  }
  const near = nearestFlag(name);
  throw new UsageError(`There is no flag --${name}.${near ? ` Did you mean --${near}?` : ""}`);
}

function toFlags(given: Map<FlagName, string[]>): GivenFlags {
  const entries = [...given].map(([name, values]) => [name, valueOf(name, values)] as const);
  // Each value has been read by the kind that its flag has in `flagDefinitions`, which is what the type says.
  return Object.fromEntries(entries) as GivenFlags;
}

function valueOf(name: FlagName, values: string[]): string | string[] | number | boolean {
  const definition = flagDefinitions[name];
  const last = values.at(-1) ?? "";
  switch (definition.kind) {
    case "texts":
      return values;
    case "text":
      return last;
    case "whole":
      return wholeNumber(name, last, definition);
    case "switch":
      return switchValue(name, last);
  }
}

function wholeNumber(name: string, text: string, limits: { minimum: number; maximum: number }): number {
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || value < limits.minimum || value > limits.maximum) {
    throw new UsageError(
      `--${name} must be a whole number from ${limits.minimum} to ${limits.maximum}, not "${text}".`,
    );
  }
  return value;
}

function switchValue(name: string, text: string): boolean {
  if (/^(?:true|t|1|yes)$/i.test(text)) return true;
  if (/^(?:false|f|0|no)$/i.test(text)) return false;
  throw new UsageError(`--${name} is on or off: write --${name} or --no${name}.`);
}

function exampleOf(name: FlagName): string {
  const definition = flagDefinitions[name];
  return `--${name} ${"placeholder" in definition ? definition.placeholder : "true"}`;
}

function nearestFlag(name: string): string | null {
  const known = Object.keys(flagDefinitions);
  return (
    known.find((flag) => flag.startsWith(name) || name.startsWith(flag)) ??
    known.find((flag) => name.length > 3 && isOneEditAway(flag, name)) ??
    null
  );
}

/** One letter more, less or different, or two neighbours swapped. */
function isOneEditAway(left: string, right: string): boolean {
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const [restLeft, restRight] = [left.slice(start), right.slice(start)];
  const swapped = `${restRight.charAt(1)}${restRight.charAt(0)}${restRight.slice(2)}`;
  return (
    restLeft.slice(1) === restRight ||
    restLeft === restRight.slice(1) ||
    restLeft.slice(1) === restRight.slice(1) ||
    restLeft === swapped
  );
}
