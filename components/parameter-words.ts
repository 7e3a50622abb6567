import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import { formatNumber, formatQuantity } from "./format.ts";

export const parameterLabels: Record<keyof LaneParameters, string> = {
  systemPrompt: "System prompt",
  temperature: "Temperature",
  topP: "Top p",
  reasoningEffort: "Reasoning effort",
  thinkingBudgetTokens: "Thinking budget, tokens",
  stopSequences: "Stop sequences",
  extra: "Other parameters, JSON",
};

/** The parameters of a lane in full, in the order of the labels. */
export function parameterEntries(parameters: LaneParameters): { label: string; text: string }[] {
  // The keys of a record of exactly these fields.
  return (Object.keys(parameterLabels) as (keyof LaneParameters)[]).flatMap((field) => {
    const value = parameters[field];
    if (value === undefined) return [];
    return {
      label: parameterLabels[field],
      text: typeof value === "object" ? JSON.stringify(value) : String(value),
    };
  });
}

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
