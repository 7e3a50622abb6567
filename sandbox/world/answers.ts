import { randomOf, shuffledIndexes } from "./random.ts";

/** Characters per token in every estimate of the sandbox; answers are cut to fit it exactly. */
const CHARACTERS_PER_TOKEN = 4;

/** A prompt with this text always ends as a failed line. */
export const FAIL_MARKER = "[[sandbox:fail]]";
/** A prompt with this text is answered with HTML and a script tag. */
export const HTML_MARKER = "[[sandbox:html]]";
/** A prompt with this text is refused, in the way in which the model would. */
const REFUSE_MARKER = "[[sandbox:refuse]]";
/** A prompt with this text, and a number, is answered with that many tokens. */
const TOKENS_MARKER = /\[\[sandbox:tokens=(\d{1,6})\]\]/;

const HTML_ANSWER =
  '<h1>Simulated <em>HTML</em></h1><p onclick="alert(1)">An answer with markup &amp; a script.</p>' +
  '<script>window.__sandboxScriptRan = true;</script><img src="x" onerror="window.__sandboxScriptRan = true">';

const REFUSAL = "I'm sorry, but I can't help with that. (A simulated refusal.)";

const SENTENCES: readonly string[] = [
  "Start with the smallest case that still shows the effect, and write down what you expect before you look.",
  "Two causes are usually at work at once, and it pays to hold one still while the other is changed.",
  "A figure without its unit is a rumour; a figure without its spread is half of one.",
  "In practice the second step takes longer than the first, because it depends on people rather than on tools.",
  "The usual objection is cost, yet the cost of waiting is seldom put beside it.",
  "Most of the difference comes from a few cases, so look at those before looking at the average.",
  "If the result seems too good, measure the measuring: clocks, caches and rounding deserve suspicion first.",
  "An example makes this plain: a bakery that sells out by noon learns nothing about the demand of the afternoon.",
  "The order of the steps matters less than doing each of them completely.",
  "There is a simple rule of thumb here, and three exceptions that are worth knowing by heart.",
  "Water finds the lowest point, and so does a schedule: it settles at the task that nobody owns.",
  "It helps to ask what would have to be true for the opposite to hold.",
  "Older methods remain useful where parts are few and changes are rare.",
  "A good map leaves things out, and says at its edge what it has left out.",
  "The first version should be easy to throw away; the second should be easy to keep.",
  "When two sources disagree, prefer the one that says how it knows.",
  "Temperature, pressure and time can each be traded for one another within limits.",
  "What looks like chance is often a queue that has grown longer than it should.",
  "People remember the beginning and the end, so put the point at one of the two.",
  "Check the boundary first: empty, one, many, and one too many.",
  "The same idea appears in music, where a pause carries as much meaning as a note.",
  "Half of the work is naming things so that the other half becomes obvious.",
  "This holds on small scales and on large ones, but not always in between.",
  "Whoever repeats the experiment should need nothing but this page and an afternoon.",
  "The harbour is deep enough for most ships, yet the pilots still sound it every spring.",
  "A reserve looks like waste until the day it is needed.",
  "Read the last line first; it says what the writer wanted you to do.",
  "Each layer hides a decision that somebody once made in a hurry.",
  "The cheapest repair is the one done while the tools are still on the table.",
  "Count what is missing as carefully as what is there.",
  "Light travels far in clear air, and doubt travels farther in unclear prose.",
  "It is worth separating what is known from what is merely agreed upon.",
];

/** The estimate of a text's length in tokens, the same for prompts and answers. */
export function estimateTokens(text: string): number {
  return text.length === 0 ? 0 : Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

export interface AnswerRequest {
  /** Everything drawn depends on this text alone. */
  readonly key: string;
  readonly prompt: string;
  readonly maxTokens: number | null;
  /** Whether the model thinks before it answers. */
  readonly reasons: boolean;
}

export interface AnswerPlan {
  /** Tokens of the visible text. */
  readonly textTokens: number;
  /** Tokens spent on thinking. */
  readonly reasoningTokens: number;
  /** Whether the token limit cut the answer short. */
  readonly isTruncated: boolean;
  /** Whether the text says that there will be no answer. */
  readonly isRefused: boolean;
}

/** The plan where nothing is written. */
export const NO_ANSWER: AnswerPlan = {
  textTokens: 0,
  reasoningTokens: 0,
  isTruncated: false,
  isRefused: false,
};

/** Decides how long an answer is, without writing it. Never longer than `maxTokens` in total. */
export function planAnswer(request: AnswerRequest): AnswerPlan {
  const limit = request.maxTokens ?? 8_192;
  const random = randomOf(`answer:${request.key}`);
  const wantedReasoning = request.reasons ? Math.round(random.logNormal(120, 0.7)) : 0;
  const reasoningTokens = Math.min(wantedReasoning, limit);
  const wanted = wantedTextTokens(request.prompt, random.logNormal(210, 0.75));
  const textTokens = Math.min(wanted, limit - reasoningTokens);
  return {
    textTokens,
    reasoningTokens,
    isTruncated: textTokens < wanted || reasoningTokens < wantedReasoning,
    isRefused: request.prompt.includes(REFUSE_MARKER),
  };
}

function wantedTextTokens(prompt: string, drawn: number): number {
  if (prompt.includes(REFUSE_MARKER)) return estimateTokens(REFUSAL);
  if (prompt.includes(HTML_MARKER)) return estimateTokens(HTML_ANSWER);
  const asked = TOKENS_MARKER.exec(prompt)?.[1];
  if (asked !== undefined) return Math.max(Number(asked), 1);
  return Math.max(Math.round(drawn), 12);
}

/** Writes the answer that `plan` decided on; its estimate in tokens is exactly `plan.textTokens`. */
export function writeAnswer(request: AnswerRequest, plan: AnswerPlan): string {
  const length = plan.textTokens * CHARACTERS_PER_TOKEN;
  if (plan.isRefused) return REFUSAL.slice(0, length);
  if (request.prompt.includes(HTML_MARKER)) return HTML_ANSWER.slice(0, length);
  let text = opening(request.prompt);
  const order = shuffledIndexes(SENTENCES.length, `text:${request.key}`);
  for (let position = 0; text.length < length; position++) {
    const sentence = SENTENCES[order[position % order.length] ?? 0] ?? "";
    text += position % 6 === 5 ? `\n\n${sentence}` : ` ${sentence}`;
  }
  text = text.slice(0, length);
  return plan.isTruncated || text.length === 0
    ? text
    : `${text
        .slice(0, -1)
        .trimEnd()
        .padEnd(length - 1, ".")}.`;
}

function opening(prompt: string): string {
  const topic = prompt.slice(0, 240).replaceAll(/\s+/g, " ").trim();
  const shown = topic.length > 60 ? `${topic.slice(0, 57)}...` : topic;
  return `A simulated answer to "${shown}".`;
}

/** `dimensions` figures of a unit vector, the same for the same text. */
export function embeddingOf(text: string, dimensions: number): number[] {
  const random = randomOf(`embedding:${text}`);
  const raw = Array.from({ length: dimensions }, () => random.next() - 0.5);
  const norm = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0)) || 1;
  return raw.map((value) => Number((value / norm).toFixed(8)));
}
