"use client";

import { BookMarked } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { lazyPart } from "#components/ui/lazy-part.tsx";
import type { LaunchInput } from "#lib/domain/job-set.ts";
import type { LaunchDraft } from "./launch-draft.ts";

const SaveRecipeDialog = lazyPart(() =>
  import("./save-recipe-dialog.tsx").then((file) => file.SaveRecipeDialog),
);

type SaveRecipeButtonProps = {
  draft: Pick<LaunchDraft, "name">;
  /** What would be saved; null while something on the page is wrong. */
  recipe: LaunchInput | null;
};

/** Opens the question for a name, under which lanes and prompts are saved. */
export function SaveRecipeButton({ draft, recipe }: SaveRecipeButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        variant="ghost"
        size="small"
        isDisabled={recipe === null}
        title={recipe === null ? "Solve the problems of this page first" : undefined}
        onPointerEnter={SaveRecipeDialog.preload}
        onFocus={SaveRecipeDialog.preload}
        onClick={() => setIsOpen(true)}
      >
        <BookMarked aria-hidden />
        Save as recipe
      </Button>
      {isOpen && recipe && (
        <SaveRecipeDialog proposedName={draft.name} recipe={recipe} onClose={() => setIsOpen(false)} />
      )}
    </>
  );
}
