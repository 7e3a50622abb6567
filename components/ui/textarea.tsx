"use client";

import { Field } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";
import { controlStyle } from "./control-style.ts";

/** Many lines of text. Inside a `Field` it is labelled and described by it. */
export function Textarea({
  className,
  rows = 4,
  onValueChange,
  value,
  defaultValue,
  ...rest
}: Omit<ComponentProps<"textarea">, "value" | "defaultValue"> & {
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
}) {
  return (
    <Field.Control
      value={value}
      defaultValue={defaultValue}
      onValueChange={onValueChange}
      render={<textarea rows={rows} {...rest} />}
      className={classNames(controlStyle, "resize-y py-1.5", className)}
    />
  );
}
