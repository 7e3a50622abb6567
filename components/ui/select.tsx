"use client";

import { ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { controlStyle, quietControlStyle } from "./control-style.ts";
import { useFieldControl } from "./field.tsx";

type SelectProps<Value extends string> = {
  /** Needed outside a `Field`. */
  "aria-label"?: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
  /** Quiet ones stand among other filters. */
  isQuiet?: boolean;
  /** Its width. */
  className?: string;
};

/** One choice of a few: the browser's own select in our look. Inside a `Field` it is labelled and described by it. */
export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  isQuiet = false,
  className = "max-w-full",
  ...rest
}: SelectProps<Value>): ReactNode {
  return (
    <span className={classNames("relative inline-flex", className)}>
      <select
        {...useFieldControl()}
        {...rest}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onValueChange(chosen.value);
        }}
        className={classNames(
          isQuiet ? quietControlStyle : controlStyle,
          "h-8 w-full appearance-none truncate pr-7",
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronsUpDown
        aria-hidden
        className="pointer-events-none absolute top-2 right-2.5 size-3.5 text-muted"
      />
    </span>
  );
}
