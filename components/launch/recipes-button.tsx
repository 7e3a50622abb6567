"use client";

import { BookMarked } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { lazyPart } from "#components/ui/lazy-part.tsx";

const RecipesDialog = lazyPart(() => import("./recipes-dialog.tsx").then((file) => file.RecipesDialog));

/** Opens the list of saved recipes. */
export function RecipesButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        onPointerEnter={RecipesDialog.preload}
        onFocus={RecipesDialog.preload}
        onClick={() => setIsOpen(true)}
      >
        <BookMarked aria-hidden />
        Recipes
      </Button>
      {isOpen && <RecipesDialog onOpenChange={setIsOpen} />}
    </>
  );
}
