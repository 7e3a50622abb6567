"use client";

import { useMemo, type FormEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { FieldProblem } from "#lib/domain/errors.ts";
import type { StartingPoint } from "#lib/domain/recipe.ts";
import { FillingNotice } from "./filling-notice.tsx";
import { LaneList } from "./lane-list.tsx";
import type { LaunchDraft, LaunchDraftAction, LaunchSettings } from "./launch-draft.ts";
import { LaunchSummary } from "./launch-summary.tsx";
import { meanLengthOf, sumLanes } from "./launch-totals.ts";
import { ModelWarnings } from "./model-warnings.tsx";
import { NamePanel } from "./name-panel.tsx";
import { PromptsPanel } from "./prompts-panel.tsx";
import { ReuseWarning } from "./reuse-warning.tsx";
import { SaveRecipeButton } from "./save-recipe-button.tsx";
import { useLaunch } from "./use-launch.ts";
import { useLateParts, type LateParts } from "./use-late-parts.ts";
import { useLaunchDraft } from "./use-launch-draft.ts";
import { usePromptReading, type PromptReadingState } from "./use-prompt-reading.ts";
import { useStartingPoint } from "./use-starting-point.ts";
import { focusFirstProblem, useShownProblems } from "./use-shown-problems.ts";

/** The launch page: lanes, prompts, and a summary that launches. */
export function LaunchForm({ settings, start }: { settings: LaunchSettings; start: StartingPoint | null }) {
  const { parts, hasFailed } = useLateParts();
  const rules = parts?.rules ?? null;
  const { draft, edit, isReady, isUntouched, forget, startOver } = useLaunchDraft(
    settings,
    parts?.storage ?? null,
  );
  const filling = useStartingPoint(start, { draft, isReady, isUntouched, edit });
  const readingState = usePromptReading(draft);
  const prompts = useChosenPrompts(draft, settings, readingState);
  const problems = useProblems(draft, settings, prompts.own, rules);
  const launch = useLaunch(forget);
  const shown = useShownProblems(problems, launch.problems);
  const editAndForgetAnswer = (action: LaunchDraftAction) => {
    launch.forgetAnswer();
    edit(action);
  };
  const totals = sumLanes(draft.lanes);
  /** What the server said stands until something is changed. */
  const standing = [...problems, ...launch.problems];
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const input = standing.length === 0 ? (rules?.checkLaunchInput(draft, prompts.own) ?? null) : null;
    if (input) {
      launch.start(input);
      return;
    }
    shown.showAll();
    focusFirstProblem(standing.map((problem) => problem.field));
  };
  return (
    <form noValidate onSubmit={onSubmit} aria-label="Launch a job set">
      {hasFailed && (
        <Notice kind="error" className="mb-4" title="A part of this page did not load">
          Check that Batchmark is running, then reload the page; it keeps what you typed.
        </Notice>
      )}
      <FillingNotice filling={filling} />
      <fieldset
        disabled={!isReady || filling.isFilling}
        className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_18rem] min-[88rem]:grid-cols-[minmax(0,11fr)_minmax(0,9fr)_18rem]"
      >
        <LaneList lanes={draft.lanes} settings={settings} problems={shown} edit={editAndForgetAnswer} />
        <div className="flex min-w-0 flex-col gap-4">
          <PromptsPanel
            draft={draft}
            settings={settings}
            readingState={readingState}
            error={shown.messageAt("prompts")}
            warning={
              <ReuseWarning
                requestCount={totals.requestCount}
                promptCount={prompts.count}
                isOnlyBelowSummary
              />
            }
            edit={editAndForgetAnswer}
          />
          <NamePanel
            draft={draft}
            problems={shown}
            edit={editAndForgetAnswer}
            actions={
              <SaveRecipeButton
                draft={draft}
                recipe={problems.length === 0 ? (rules?.checkLaunchInput(draft, prompts.own) ?? null) : null}
              />
            }
          />
        </div>
        <div className="sticky z-10 max-lg:bottom-2 max-sm:bottom-16 lg:top-4 lg:col-start-2 lg:row-span-2 lg:row-start-1 min-[88rem]:col-start-3">
          <LaunchSummary
            totals={totals}
            promptCount={prompts.count}
            meanPromptLength={prompts.meanLength}
            problems={standing}
            failure={launch.failure}
            warnings={
              <ModelWarnings lanes={draft.lanes} configuredProviders={settings.configuredProviders} />
            }
            usesSandbox={settings.usesSandbox}
            isPending={launch.isPending}
            isReading={readingState.isReading}
            onProblem={(field) => {
              shown.touch(field);
              focusFirstProblem([field]);
            }}
          />
          {!isUntouched && (
            <Button variant="ghost" size="small" className="mt-1 w-full max-lg:hidden" onClick={startOver}>
              Start over
            </Button>
          )}
        </div>
      </fieldset>
    </form>
  );
}

type ChosenPrompts = {
  /** Null for the built-in set, which stays on the server. */
  own: string[] | null;
  count: number;
  meanLength: number;
};

const noPrompts: string[] = [];

function useChosenPrompts(
  draft: LaunchDraft,
  { builtInPrompts }: LaunchSettings,
  { reading }: PromptReadingState,
): ChosenPrompts {
  const own = draft.promptKind === "builtIn" ? null : (reading?.prompts ?? noPrompts);
  const ownMeanLength = useMemo(() => meanLengthOf(own ?? noPrompts), [own]);
  if (own === null) return { own, count: builtInPrompts.count, meanLength: builtInPrompts.meanLength };
  return { own, count: own.length, meanLength: ownMeanLength };
}

function useProblems(
  draft: LaunchDraft,
  settings: LaunchSettings,
  ownPrompts: string[] | null,
  rules: LateParts["rules"] | null,
): FieldProblem[] {
  const promptProblem = useMemo(
    () => (ownPrompts ? (rules?.findPromptProblem(ownPrompts) ?? null) : null),
    [ownPrompts, rules],
  );
  const formProblems = useMemo(
    () => rules?.findFormProblems(draft, settings.configuredProviders) ?? [],
    [draft, settings.configuredProviders, rules],
  );
  return promptProblem ? [...formProblems, promptProblem] : formProblems;
}
