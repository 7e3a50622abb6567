"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { classNames } from "./class-names.ts";

type SegmentedControlProps<Value extends string> = {
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; "aria-label"?: string; title?: string }[];
  "aria-label": string;
  size?: "small" | "medium";
  className?: string;
};

/** One of two to four choices that are all in sight. One stop for the tab key; arrow keys walk through the choices. */
export function SegmentedControl<Value extends string>({
  value,
  onValueChange,
  options,
  size = "medium",
  className,
  ...rest
}: SegmentedControlProps<Value>) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears the keys of its buttons
    <div
      role="group"
      aria-label={rest["aria-label"]}
      onKeyDown={walk}
      className={classNames("inline-flex gap-0.5 rounded border border-line bg-raised p-0.5", className)}
    >
      {options.map((option) => {
        const isPressed = option.value === value;
        return (
          <button
            key={option.value}
            type="button"
            aria-pressed={isPressed}
            tabIndex={isPressed ? 0 : -1}
            aria-label={option["aria-label"]}
            title={option.title}
            onClick={() => onValueChange(option.value)}
            className={classNames(
              "inline-flex flex-1 items-center justify-center gap-1.5 rounded-sm px-2 whitespace-nowrap select-none",
              "focus-visible:outline-offset-0 [&_svg]:size-4 [&_svg]:shrink-0",
              isPressed ? "bg-panel font-medium text-ink" : "text-muted hover:text-ink",
              size === "small" ? "h-6 text-small" : "h-6.5 text-base",
            )}
          >
            {option.label}
          </button>
        );
      })}
    </div>
  );
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}
