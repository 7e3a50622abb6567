"use client";

import { CircleX } from "lucide-react";
import { createContext, useContext, useId, useMemo, type ReactNode } from "react";
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
  /** One control of `components/ui`, and what belongs to it. */
  children: ReactNode;
};

type FieldControl = { id?: string; "aria-describedby"?: string; "aria-invalid"?: true };

const FieldContext = createContext<FieldControl>({});

/** The attributes that tie a control to the label, hint and error of the `Field` around it; none outside of one. */
export function useFieldControl(): FieldControl {
  return useContext(FieldContext);
}

/** A control with its label, hint and error, tied together for assistive technology. */
export function Field({ label, hint, error, isLabelHidden = false, name, className, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : "";
  const errorId = error ? `${id}-error` : "";
  const control = useMemo<FieldControl>(
    () => ({
      id,
      "aria-describedby": `${hintId} ${errorId}`.trim() || undefined,
      "aria-invalid": errorId === "" ? undefined : true,
    }),
    [id, hintId, errorId],
  );
  return (
    <div data-field={name} className={classNames("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className={classNames("text-small font-medium", isLabelHidden && "sr-only")}>
        {label}
      </label>
      <FieldContext value={control}>{children}</FieldContext>
      {hint && (
        <p id={hintId} className="text-small text-muted">
          {hint}
        </p>
      )}
      {error && (
        <div id={errorId} className="flex items-start gap-1.5 text-small text-failed">
          <CircleX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{error}</span>
        </div>
      )}
    </div>
  );
}
