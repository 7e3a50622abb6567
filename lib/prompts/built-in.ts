import type { PromptTopic } from "./prompt-topic.ts";
import { computing } from "./topics/computing.ts";
import { history } from "./topics/history.ts";
import { nature } from "./topics/nature.ts";
import { objects } from "./topics/objects.ts";
import { projects } from "./topics/projects.ts";
import { skills } from "./topics/skills.ts";
import { travel } from "./topics/travel.ts";
import { work } from "./topics/work.ts";

const topics: readonly PromptTopic[] = [nature, computing, skills, history, work, projects, travel, objects];

/** Number of different built-in prompts. */
export const builtInPromptCount: number = topics.reduce((sum, topic) => sum + sizeOf(topic), 0);

/**
 * Steps of the golden section through all combinations reach each of them once, as the stride has no divisor in
 * common with their number, and never take two neighbours from one topic.
 */
const stride = firstCoprimeFrom(Math.round(builtInPromptCount * 0.618), builtInPromptCount);

/** The topic, task and subject that make up one built-in prompt. */
export type BuiltInPromptParts = { topic: string; task: string; subject: string };

/**
 * The built-in prompt at a position from 0 to `builtInPromptCount` − 1, always the same one; no two are equal.
 * Any other position is a RangeError.
 */
export function builtInPrompt(position: number): string {
  const { task, subject } = builtInPromptParts(position);
  return task.replace("{subject}", subject);
}

/** What the built-in prompt at a position is made of. Throws a RangeError as `builtInPrompt` does. */
export function builtInPromptParts(position: number): BuiltInPromptParts {
  if (!Number.isInteger(position) || position < 0 || position >= builtInPromptCount) {
    throw new RangeError(
      `There is no built-in prompt ${position}; they run from 0 to ${builtInPromptCount - 1}.`,
    );
  }
  let combination = (position * stride) % builtInPromptCount;
  for (const topic of topics) {
    if (combination < sizeOf(topic)) return combine(topic, combination);
    combination -= sizeOf(topic);
  }
  throw new RangeError(`There is no combination for the built-in prompt ${position}.`);
}

function combine({ name, subjects, tasks }: PromptTopic, combination: number): BuiltInPromptParts {
  const subject = subjects[combination % subjects.length];
  const task = tasks[Math.floor(combination / subjects.length)];
  if (subject === undefined || task === undefined) {
    throw new RangeError(`The topic ${name} has no combination ${combination}.`);
  }
  return { topic: name, task, subject };
}

function sizeOf({ subjects, tasks }: PromptTopic): number {
  return subjects.length * tasks.length;
}

function firstCoprimeFrom(start: number, modulus: number): number {
  let candidate = start;
  while (greatestCommonDivisor(candidate, modulus) !== 1) candidate += 1;
  return candidate;
}

function greatestCommonDivisor(first: number, second: number): number {
  return second === 0 ? first : greatestCommonDivisor(second, first % second);
}
