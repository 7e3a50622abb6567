import type { ProviderId } from "#lib/domain/provider-id.ts";
import { laneInputOf } from "./launch-input.ts";
import type { LaneDraft } from "./launch-draft.ts";

export type LaunchTotals = {
  jobCount: number;
  requestCount: number;
  /** Characters of the lanes' system prompts in all their requests. */
  systemPromptLength: number;
  providers: ProviderId[];
  /** The most that the answers can cost. */
  maxOutputTokens: number;
  /** Some lane has a number that cannot be read; the sums leave it out. */
  isIncomplete: boolean;
};

/** Sums what the lanes ask for; lanes with unreadable numbers are left out. */
export function sumLanes(lanes: readonly LaneDraft[]): LaunchTotals {
  const inputs = lanes.map((lane) => ({
    ...laneInputOf(lane),
    systemPromptLength: lane.parameters.systemPrompt.trim().length,
  }));
  const readable = inputs.filter((lane) => lane.jobCount >= 1 && lane.requestsPerJob >= 1);
  return {
    jobCount: sum(readable.map((lane) => lane.jobCount)),
    requestCount: sum(readable.map((lane) => lane.jobCount * lane.requestsPerJob)),
    systemPromptLength: sum(
      readable.map((lane) => lane.jobCount * lane.requestsPerJob * lane.systemPromptLength),
    ),
    providers: [...new Set(readable.map((lane) => lane.provider))],
    maxOutputTokens: sum(
      readable.map((lane) => lane.jobCount * lane.requestsPerJob * (lane.maxOutputTokens || 0)),
    ),
    isIncomplete: readable.length < inputs.length,
  };
}

const charactersPerToken = 4;

/** A rough guess to two digits: English has about four characters a token. It is shown with "≈" and called an estimate. */
export function estimateInputTokens(
  { requestCount, systemPromptLength }: Pick<LaunchTotals, "requestCount" | "systemPromptLength">,
  meanPromptLength: number,
): number {
  const tokens = (requestCount * meanPromptLength + systemPromptLength) / charactersPerToken;
  return Number(tokens.toPrecision(2));
}

export function meanLengthOf(prompts: readonly string[]): number {
  return prompts.length === 0 ? 0 : sum(prompts.map((prompt) => prompt.length)) / prompts.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
