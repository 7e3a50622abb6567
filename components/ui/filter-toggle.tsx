"use client";

import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

type FilterToggleProps = { isOn: boolean; onToggle: () => void; children: ReactNode };

/** One value of a filter that can be on together with others. */
export function FilterToggle({ isOn, onToggle, children }: FilterToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onToggle}
      className={classNames(
        "inline-flex h-8 shrink-0 items-center gap-1.5 rounded border px-2.5 text-small whitespace-nowrap select-none",
        isOn
          ? "border-accent bg-panel font-medium text-ink"
          : "border-line bg-panel text-muted hover:bg-raised hover:text-ink",
      )}
    >
      {children}
    </button>
  );
}
