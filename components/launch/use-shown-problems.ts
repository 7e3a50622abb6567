import { useCallback, useState } from "react";
import type { FieldProblem } from "#lib/domain/errors.ts";

export type ShownProblems = {
  /** The message below a field: once it was left or a launch was tried; what the server said in any case. */
  messageAt: (field: string) => string | null;
  touch: (field: string) => void;
};

/** Decides when a problem is shown at its field, so that nobody is corrected while still typing. */
export function useShownProblems(problems: readonly FieldProblem[], serverProblems: readonly FieldProblem[]) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [showsAll, setShowsAll] = useState(false);

  const touch = useCallback((field: string) => {
    setTouched((before) => (before.has(field) ? before : new Set(before).add(field)));
  }, []);

  const messageAt = (field: string): string | null => {
    const own = problems.find((problem) => problem.field === field);
    if (own && (showsAll || touched.has(field))) return own.message;
    return serverProblems.find((problem) => problem.field === field)?.message ?? null;
  };

  return { messageAt, touch, showAll: useCallback(() => setShowsAll(true), []) };
}

/** Puts the focus into the control of the first of these fields and scrolls it into sight. */
export function focusFirstProblem(fields: readonly string[]): void {
  const places = [...document.querySelectorAll<HTMLElement>("[data-field]")];
  const place = fields
    .map((field) => places.find((element) => element.dataset.field === field))
    .find((element) => element !== undefined);
  // A field's label and hint come before its control; a group such as the lanes has several controls.
  const control = place?.querySelector<HTMLElement>(
    "input:not([type=hidden]), textarea, select, [role=combobox], button",
  );
  for (let part = place; part; part = part.parentElement ?? undefined) {
    if (part instanceof HTMLDetailsElement) part.open = true;
  }
  control?.focus({ preventScroll: true });
  (control ?? place)?.scrollIntoView({ block: "center" });
}
