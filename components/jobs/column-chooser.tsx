"use client";

import { Columns3 } from "lucide-react";
import { loadedPart } from "../ui/lazy-part.tsx";
import { LightPopover } from "../ui/light-popover.tsx";

const columnChoices = loadedPart(() => import("./column-choices.tsx").then((file) => file.ColumnChoices));

/** Opens the choice of the columns that the list has. */
export function ColumnChooser() {
  return (
    <LightPopover
      label="Columns"
      size="small"
      align="end"
      prepare={columnChoices.load}
      button={
        <>
          <Columns3 aria-hidden />
          Columns
        </>
      }
    >
      {() => {
        const Choices = columnChoices.current;
        return Choices && <Choices />;
      }}
    </LightPopover>
  );
}
