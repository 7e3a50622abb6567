"use client";

import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

type SegmentedControlProps<Value extends string> = {
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; "aria-label"?: string; title?: string }[];
  "aria-label": string;
  size?: "small" | "medium";
  className?: string;
};

/** One of two to four choices that are all in sight. */
export function SegmentedControl<Value extends string>({
  value,
  onValueChange,
  options,
  size = "medium",
  className,
  ...rest
}: SegmentedControlProps<Value>) {
  return (
    <ToggleGroup
      aria-label={rest["aria-label"]}
      value={[value]}
      onValueChange={([next]) => {
        if (next !== undefined) onValueChange(next);
      }}
      className={classNames("inline-flex gap-0.5 rounded border border-line bg-raised p-0.5", className)}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          aria-label={option["aria-label"]}
          title={option.title}
          className={classNames(
            "inline-flex flex-1 items-center justify-center gap-1.5 rounded-sm px-2 whitespace-nowrap text-muted select-none",
            "hover:text-ink focus-visible:outline-offset-0 data-pressed:bg-panel data-pressed:font-medium data-pressed:text-ink",
            "[&_svg]:size-4 [&_svg]:shrink-0",
            size === "small" ? "h-6 text-small" : "h-7 text-base",
          )}
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
