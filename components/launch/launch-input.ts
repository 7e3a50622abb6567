import type { FieldProblem } from "#lib/domain/errors.ts";
import { launchInputSchema, promptSourceInputSchema, type LaunchInput } from "#lib/domain/job-set.ts";
import { providerKeyVariables, providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
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

/** What is wrong with everything but the prompts, in the order of the page, one problem a field. */
export function findFormProblems(
  draft: LaunchDraft,
  configuredProviders: readonly ProviderId[],
): FieldProblem[] {
  const parsed = launchInputSchema.safeParse(launchInputOf(draft, null));
  const unconfigured = draft.lanes.flatMap((lane, index) =>
    configuredProviders.includes(lane.provider)
      ? []
      : [
          {
            field: `lanes.${index}.provider`,
            message: `${providerLabels[lane.provider]} has no key. Set ${providerKeyVariables[lane.provider]} and start again, or choose another provider.`,
          },
        ],
  );
  const found = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
  return firstPerField([...unconfigured, ...found]).toSorted((left, right) => rankOf(left) - rankOf(right));
}

/** What is wrong with the user's own prompts; at most one problem, at the field `prompts`. */
export function findPromptProblem(ownPrompts: string[]): FieldProblem | null {
  const parsed = promptSourceInputSchema.safeParse({ kind: "own", prompts: ownPrompts });
  const message = parsed.success ? null : parsed.error.issues[0]?.message;
  return message ? { field: "prompts", message } : null;
}

/** A checked input, or null; call `findFormProblems` and `findPromptProblem` to say why. */
export function checkLaunchInput(draft: LaunchDraft, ownPrompts: string[] | null): LaunchInput | null {
  const parsed = launchInputSchema.safeParse(launchInputOf(draft, ownPrompts));
  return parsed.success ? parsed.data : null;
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

function firstPerField(problems: readonly FieldProblem[]): FieldProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ field }) => !seen.has(field) && seen.add(field));
}

function rankOf({ field }: FieldProblem): number {
  const lane = /^lanes\.(\d+)/.exec(field);
  if (lane) return Number(lane[1]);
  return field === "lanes" ? 1_000 : 2_000;
}
