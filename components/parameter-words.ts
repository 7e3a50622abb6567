import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import { formatNumber, formatQuantity } from "./format.ts";

/** The parameters of a lane, each in a few words: "temperature 0.2", "system prompt of 34 characters". */
export function parameterWords(parameters: LaneParameters): string[] {
  const { systemPrompt, temperature, topP, stopSequences, reasoningEffort, thinkingBudgetTokens, extra } =
    parameters;
  return [
    systemPrompt !== undefined && `system prompt of ${formatQuantity(systemPrompt.length, "character")}`,
    temperature !== undefined && `temperature ${temperature}`,
    topP !== undefined && `top p ${topP}`,
    stopSequences && formatQuantity(stopSequences.length, "stop sequence"),
    reasoningEffort && `reasoning effort ${reasoningEffort}`,
    thinkingBudgetTokens !== undefined && budgetWords(thinkingBudgetTokens),
    ...Object.keys(extra ?? {}),
  ].filter((words) => typeof words === "string");
}

function budgetWords(tokens: number): string {
  if (tokens === 0) return "thinking off";
  return tokens < 0 ? "thinking as the model decides" : `thinking up to ${formatNumber(tokens)} tokens`;
}
