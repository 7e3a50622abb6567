"use client";

import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { controlStyle } from "./control-style.ts";
import { popupItemStyle, popupStyle } from "./popup-style.ts";

export type SelectOption<Value extends string> = {
  value: Value;
  label: ReactNode;
  /** A second line in the list, such as a retirement date. */
  detail?: ReactNode;
  isDisabled?: boolean;
};

type SelectProps<Value extends string> = {
  value: Value | null;
  onValueChange: (value: Value) => void;
  options: readonly SelectOption<Value>[];
  /** Needed outside a `Field`. */
  "aria-label"?: string;
  placeholder?: string;
  isDisabled?: boolean;
  id?: string;
  className?: string;
};

/** One choice of a few. Inside a `Field` it is labelled by it. */
export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  placeholder = "Choose",
  isDisabled = false,
  className,
  id,
  ...rest
}: SelectProps<Value>) {
  return (
    <BaseSelect.Root
      value={value}
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      onValueChange={(next) => next !== null && onValueChange(next)}
      disabled={isDisabled}
    >
      <BaseSelect.Trigger
        id={id}
        aria-label={rest["aria-label"]}
        className={classNames(
          controlStyle,
          "flex h-8 items-center justify-between gap-2 text-left",
          className,
        )}
      >
        <BaseSelect.Value placeholder={placeholder} className="truncate data-placeholder:text-muted" />
        <BaseSelect.Icon className="text-muted">
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <BaseSelect.Popup className={classNames(popupStyle, "min-w-(--anchor-width) p-1")}>
            <BaseSelect.List>
              {options.map((option) => (
                <SelectItem key={option.value} option={option} />
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

function SelectItem<Value extends string>({ option }: { option: SelectOption<Value> }) {
  return (
    <BaseSelect.Item value={option.value} disabled={option.isDisabled} className={popupItemStyle}>
      <span className="flex size-4 shrink-0 items-center">
        <BaseSelect.ItemIndicator>
          <Check aria-hidden />
        </BaseSelect.ItemIndicator>
      </span>
      <span className="min-w-0">
        <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
        {option.detail && <span className="block text-small text-muted">{option.detail}</span>}
      </span>
    </BaseSelect.Item>
  );
}
