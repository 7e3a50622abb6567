"use client";

import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";
import { controlStyle, smallQuietControlStyle } from "./control-style.ts";
import { useFieldControl } from "./field.tsx";

type InputProps = Omit<ComponentProps<"input">, "onChange" | "className" | "size"> & {
  onValueChange?: (value: string) => void;
  /** Small ones stand among the switches of a chart. */
  size?: "medium" | "small";
  /** Its width; all that there is unless given. */
  className?: string;
};

/** One line of text. Inside a `Field` it is labelled and described by it. */
export function Input({ className = "w-full", size = "medium", onValueChange, ...rest }: InputProps) {
  return (
    <input
      {...useFieldControl()}
      {...rest}
      onChange={(event) => onValueChange?.(event.target.value)}
      className={classNames(
        size === "medium" ? controlStyle : smallQuietControlStyle,
        size === "medium" ? "h-8" : "h-7",
        className,
      )}
    />
  );
}
