"use client";

import { BookMarked } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

const RecipesDialog = dynamic(() => import("./recipes-dialog.tsx").then((file) => file.RecipesDialog));

/** Opens the list of saved recipes. */
export function RecipesButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <BookMarked aria-hidden />
        Recipes
      </Button>
      {isOpen && <RecipesDialog onOpenChange={setIsOpen} />}
    </>
  );
}
