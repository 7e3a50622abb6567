"use client";

import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import { useId, type ReactNode } from "react";
import { classNames } from "./class-names.ts";

type CheckboxProps = {
  isChecked: boolean;
  onCheckedChange: (isChecked: boolean, event: Event) => void;
  isIndeterminate?: boolean;
  isDisabled?: boolean;
  /** Visible label; without one, `aria-label` is needed. */
  label?: ReactNode;
  "aria-label"?: string;
  className?: string;
};

export function Checkbox({
  isChecked,
  onCheckedChange,
  isIndeterminate = false,
  isDisabled = false,
  label,
  className,
  ...rest
}: CheckboxProps) {
  const labelId = useId();
  const box = (
    <BaseCheckbox.Root
      checked={isChecked}
      indeterminate={isIndeterminate}
      disabled={isDisabled}
      aria-label={rest["aria-label"]}
      // Said by the server too: left to the library, the box has no name until the page is taken over.
      aria-labelledby={label ? labelId : undefined}
      // Shift chooses a range of rows; the browser would select their text too.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onCheckedChange={(checked, details) => onCheckedChange(checked, details.event)}
      className={classNames(
        "relative flex size-4 shrink-0 items-center justify-center rounded-sm border border-control bg-panel text-on-accent",
        "after:absolute after:-inset-1.5 data-checked:border-accent data-checked:bg-accent",
        "data-indeterminate:border-accent data-indeterminate:bg-accent data-disabled:opacity-50",
        className,
      )}
    >
      <BaseCheckbox.Indicator className="flex data-unchecked:hidden">
        {isIndeterminate ? (
          <Minus aria-hidden className="size-3" />
        ) : (
          <Check aria-hidden className="size-3" />
        )}
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  );
  if (!label) return box;
  return (
    <label className="flex items-center gap-2 text-base">
      {box}
      <span id={labelId} className="min-w-0">
        {label}
      </span>
    </label>
  );
}
