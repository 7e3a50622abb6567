import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import { offeredParameters } from "#lib/domain/offered-parameters.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

/** The parameters of a lane as typed; empty where the provider's own default counts. */
export type ParameterDraft = Record<keyof LaneParameters, string>;

export const noParameters: ParameterDraft = {
  systemPrompt: "",
  temperature: "",
  topP: "",
  stopSequences: "",
  reasoningEffort: "",
  thinkingBudgetTokens: "",
  extra: "",
};

/** Which fields a lane of this provider has. What was typed into the others is kept, and not sent. */
export function offeredFields(provider: ProviderId): (keyof LaneParameters)[] {
  const offered = offeredParameters[provider];
  const isOffered: Record<keyof LaneParameters, boolean> = {
    systemPrompt: true,
    temperature: offered.temperature,
    topP: offered.topP,
    stopSequences: offered.stopSequences > 0,
    reasoningEffort: offered.reasoningEfforts.length > 0,
    thinkingBudgetTokens: offered.thinkingBudget !== null,
    extra: true,
  };
  return parameterFields.filter((field) => isOffered[field]);
}

// The keys of a record of exactly these fields.
const parameterFields = Object.keys(noParameters) as (keyof LaneParameters)[];

/** Whether anything is typed that a lane of this provider sends. */
export function isSet(draft: ParameterDraft, provider: ProviderId): boolean {
  return offeredFields(provider).some((field) => draft[field].trim() !== "");
}

/** What was typed as `LaneParameters`; unchecked: what cannot be read is passed on for the schema to refuse. */
export function typedParameters(draft: ParameterDraft, provider: ProviderId): Record<string, unknown> {
  const typed = offeredFields(provider).filter((field) => draft[field].trim() !== "");
  return Object.fromEntries(typed.map((field) => [field, readers[field](draft[field])]));
}

const readers: Record<keyof LaneParameters, (text: string) => unknown> = {
  systemPrompt: (text) => text.trim(),
  temperature: Number,
  topP: Number,
  stopSequences: (text) =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.replaceAll("\\n", "\n").replaceAll("\\t", "\t")),
  reasoningEffort: (text) => text,
  thinkingBudgetTokens: (text) => Number(text.replaceAll(",", "")),
  extra: (text) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  },
};

/** The reverse of `typedParameters`, for a recipe or an earlier set. */
export function parameterDraftOf(parameters: LaneParameters): ParameterDraft {
  const { stopSequences, extra } = parameters;
  return {
    systemPrompt: parameters.systemPrompt ?? "",
    temperature: parameters.temperature?.toString() ?? "",
    topP: parameters.topP?.toString() ?? "",
    stopSequences:
      stopSequences?.map((text) => text.replaceAll("\n", "\\n").replaceAll("\t", "\\t")).join("\n") ?? "",
    reasoningEffort: parameters.reasoningEffort ?? "",
    thinkingBudgetTokens: parameters.thinkingBudgetTokens?.toString() ?? "",
    extra: extra ? JSON.stringify(extra, null, 2) : "",
  };
}
