import type { LaneDraft, LaunchDraft } from "./launch-draft.ts";
import { typedParameters } from "./parameter-draft.ts";

/** Reads a typed whole number; grouping as in `10,000` or `10 000` is allowed. NaN when it is not a number. */
export function readTypedNumber(text: string): number {
  const digits = text.trim().replace(/(?<=\d)[,_\s\u00a0\u202f](?=\d{3})/g, "");
  return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
}

/** The input of the verb `launch` for what was typed; unchecked. */
export function launchInputOf(draft: LaunchDraft, ownPrompts: string[] | null): unknown {
  return {
    name: draft.name,
    notes: draft.notes,
    timeOutHours: readTypedNumber(draft.timeOutHours),
    lanes: draft.lanes.map(laneInputOf),
    prompts: ownPrompts === null ? { kind: "builtIn" } : { kind: "own", prompts: ownPrompts },
  };
}

export function laneInputOf(lane: LaneDraft) {
  return {
    provider: lane.provider,
    model: lane.model,
    task: lane.task,
    jobCount: readTypedNumber(lane.jobCount),
    requestsPerJob: readTypedNumber(lane.requestsPerJob),
    maxOutputTokens: readTypedNumber(lane.maxOutputTokens),
    parameters: typedParameters(lane.parameters, lane.provider),
  };
}

/** A problem's field as the page has it: everything about prompts belongs to the one field `prompts`. */
export function pageFieldOf(field: string): string {
  return field.startsWith("prompts.") ? "prompts" : field;
}

/** Where a problem is, for the list in the summary. */
export function placeOf(field: string): string {
  const lane = /^lanes\.(\d+)/.exec(field);
  if (lane) return `Lane ${Number(lane[1]) + 1}`;
  if (field === "lanes") return "Lanes";
  if (field.startsWith("prompts")) return "Prompts";
  if (field === "name") return "Name";
  if (field === "notes") return "Notes";
  if (field === "timeOutHours") return "Time-out";
  return "Job set";
}
