"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do; marks the control as invalid. */
  error?: string | null;
  /** The label is read to screen readers only. */
  isLabelHidden?: boolean;
  /** Dotted path of the input field (`lanes.0.model`), so that a problem can be found and focused. */
  name?: string;
  className?: string;
  children: ReactNode;
};

/** A control with its label, hint and error, tied together for assistive technology. */
export function Field({ label, hint, error, isLabelHidden = false, name, className, children }: FieldProps) {
  return (
    <BaseField.Root
      invalid={Boolean(error)}
      data-field={name}
      className={classNames("flex min-w-0 flex-col gap-1", className)}
    >
      <BaseField.Label className={classNames("text-small font-medium", isLabelHidden && "sr-only")}>
        {label}
      </BaseField.Label>
      {children}
      {hint && <BaseField.Description className="text-small text-muted">{hint}</BaseField.Description>}
      <BaseField.Error match={Boolean(error)} className="flex items-start gap-1.5 text-small text-failed">
        <CircleX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span>{error}</span>
      </BaseField.Error>
    </BaseField.Root>
  );
}
