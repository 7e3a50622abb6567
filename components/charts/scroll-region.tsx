import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type ScrollRegionProps = { label: string; className?: string; children: ReactNode };

/** Holds a table that may be wider than the screen; it can be scrolled by keyboard, which a table without links cannot. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className={classNames(
        "overflow-auto focus-visible:-outline-offset-2 print:max-h-none! print:overflow-visible",
        className,
      )}
    >
      <div className="min-w-fit">{children}</div>
    </div>
  );
}
