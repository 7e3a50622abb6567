import { ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { controlStyle } from "./control-style.ts";

type NativeSelectProps<Value extends string> = {
  "aria-label": string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
  className?: string;
};

/** The browser's own select in our look: for lists that need no second line, on pages that should open fast. */
export function NativeSelect<Value extends string>({
  value,
  onValueChange,
  options,
  className,
  ...rest
}: NativeSelectProps<Value>): ReactNode {
  return (
    <span className={classNames("relative inline-flex max-w-full", className)}>
      <select
        {...rest}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onValueChange(chosen.value);
        }}
        className={classNames(controlStyle, "h-8 appearance-none truncate border-line pr-7")}
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
