"use client";

import type { ReactNode } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { LaunchDraft, LaunchDraftAction } from "./launch-draft.ts";
import type { ShownProblems } from "./use-shown-problems.ts";

type NamePanelProps = {
  draft: Pick<LaunchDraft, "name" | "notes" | "timeOutHours">;
  problems: ShownProblems;
  edit: (action: LaunchDraftAction) => void;
  actions: ReactNode;
};

/** What the job set is called, why it is launched, and how long its jobs may run. */
export function NamePanel({ draft, problems, edit, actions }: NamePanelProps) {
  return (
    <Panel title="Name, notes and time-out" actions={actions}>
      <div className="flex flex-col gap-3">
        <Field
          label="Name"
          name="name"
          error={problems.messageAt("name")}
          hint="Left empty, the set gets a name by itself."
        >
          <Input
            value={draft.name}
            autoComplete="off"
            onValueChange={(name) => edit({ type: "name", name })}
            onBlur={() => problems.touch("name")}
          />
        </Field>
        <Field
          label="Time-out in hours"
          name="timeOutHours"
          error={problems.messageAt("timeOutHours")}
          hint="A job that runs for longer is cancelled and counts as timed out."
        >
          <Input
            className="w-24"
            inputMode="numeric"
            autoComplete="off"
            value={draft.timeOutHours}
            onValueChange={(timeOutHours) => edit({ type: "timeOutHours", timeOutHours })}
            onBlur={() => problems.touch("timeOutHours")}
          />
        </Field>
        <Field label="Notes" name="notes" error={problems.messageAt("notes")}>
          <Textarea
            rows={3}
            value={draft.notes}
            onValueChange={(notes) => edit({ type: "notes", notes })}
            onBlur={() => problems.touch("notes")}
          />
        </Field>
      </div>
    </Panel>
  );
}
