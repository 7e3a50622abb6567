import type { ReactNode } from "react";

/** Holds a table that may be wider than the screen; it can be scrolled by keyboard, which a table without links cannot. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="overflow-x-auto focus-visible:-outline-offset-2"
    >
      <div className="min-w-fit">{children}</div>
    </div>
  );
}
