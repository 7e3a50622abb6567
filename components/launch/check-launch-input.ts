import type { FieldProblem } from "#lib/domain/errors.ts";
import { launchInputSchema, promptSourceInputSchema, type LaunchInput } from "#lib/domain/job-set.ts";
import { providerKeyVariables, providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import type { LaunchDraft } from "./launch-draft.ts";
import { launchInputOf } from "./launch-input.ts";

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

function firstPerField(problems: readonly FieldProblem[]): FieldProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ field }) => !seen.has(field) && seen.add(field));
}

function rankOf({ field }: FieldProblem): number {
  const lane = /^lanes\.(\d+)/.exec(field);
  if (lane) return Number(lane[1]);
  return field === "lanes" ? 1_000 : 2_000;
}
