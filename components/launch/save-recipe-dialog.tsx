"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition, type FormEvent } from "react";
import { queryKeys } from "#components/layout/query-keys.ts";
import { showToast } from "#components/layout/show-toast.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { LaunchInput } from "#lib/domain/job-set.ts";
import { launchLimits } from "#lib/domain/launch-limits.ts";
import { saveLaunchRecipe } from "#lib/providers/actions.ts";

type SaveRecipeDialogProps = { proposedName: string; recipe: LaunchInput; onClose: () => void };

/** Asks for a name and saves lanes and prompts under it. */
export function SaveRecipeDialog({ proposedName, recipe, onClose }: SaveRecipeDialogProps) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(proposedName);
  const [problem, setProblem] = useState<{ message: string; isTaken: boolean } | null>(null);
  const [isPending, startTransition] = useTransition();
  const save = (mayReplace: boolean) =>
    startTransition(async () => {
      const result = await callSave({ recipe: { ...recipe, name }, mayReplace });
      if (!result.ok) {
        setProblem({ message: result.message, isTaken: result.code === "conflict" });
        return;
      }
      await queryClient.invalidateQueries({ queryKey: queryKeys.recipes() });
      void showToast("success", `Recipe “${name.trim()}” saved`);
      onClose();
    });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    // React passes events along the tree of components: the launch form around this dialog must not see it.
    event.stopPropagation();
    save(false);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title="Save as recipe"
      description="Keeps lanes, prompts and notes of this page."
    >
      <form onSubmit={onSubmit} noValidate aria-label="Save as recipe" className="flex flex-col gap-3">
        <Field label="Name of the recipe" name="recipeName" error={problem?.message}>
          <Input
            value={name}
            autoComplete="off"
            maxLength={launchLimits.nameLength}
            onValueChange={(typed) => {
              setName(typed);
              setProblem(null);
            }}
          />
        </Field>
        <div className="flex justify-end gap-2">
          {problem?.isTaken && (
            <Button isPending={isPending} onClick={() => save(true)}>
              Replace it
            </Button>
          )}
          <Button type="submit" variant="primary" isPending={isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

async function callSave(input: { recipe: LaunchInput; mayReplace: boolean }) {
  try {
    return await saveLaunchRecipe(input);
  } catch {
    return {
      ok: false as const,
      code: "internal" as const,
      message: "Batchmark does not answer. Check that it is running, then try again.",
    };
  }
}
