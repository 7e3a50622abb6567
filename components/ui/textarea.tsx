"use client";

import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";
import { controlStyle, smallControlStyle } from "./control-style.ts";
import { useFieldControl } from "./field.tsx";

type TextareaProps = Omit<ComponentProps<"textarea">, "onChange" | "className"> & {
  onValueChange?: (value: string) => void;
  /** Holds JSON or the like. */
  isCode?: boolean;
};

/** Many lines of text. Inside a `Field` it is labelled and described by it. */
export function Textarea({ rows = 4, onValueChange, isCode = false, ...rest }: TextareaProps) {
  return (
    <textarea
      {...useFieldControl()}
      {...rest}
      rows={rows}
      onChange={(event) => onValueChange?.(event.target.value)}
      className={classNames(
        isCode ? smallControlStyle : controlStyle,
        "w-full resize-y py-1.5",
        isCode && "font-mono",
      )}
    />
  );
}
