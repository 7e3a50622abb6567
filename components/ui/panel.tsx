import { useId, type ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { PanelBoundary } from "./panel-boundary.tsx";

type PanelProps = {
  title?: ReactNode;
  /** Heading level, so that headings nest without gaps. */
  level?: 2 | 3;
  /** Buttons or links at the right of the title. */
  actions?: ReactNode;
  /** False when the content (a table) reaches to the edges. */
  hasPadding?: boolean;
  className?: string;
  id?: string;
  children: ReactNode;
};

/**
 * A framed part of a page; one with a title is a region of that name. A defect in what it shows takes its content away
 * and nothing else.
 */
export function Panel({ title, level = 2, actions, hasPadding = true, className, id, children }: PanelProps) {
  const Heading = level === 2 ? "h2" : "h3";
  const headingId = useId();
  return (
    <section
      id={id}
      aria-labelledby={title ? headingId : undefined}
      className={classNames("min-w-0 rounded border border-line bg-panel", className)}
    >
      {(title || actions) && (
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-1.5">
          {title && (
            <Heading id={headingId} className="font-semibold">
              {title}
            </Heading>
          )}
          {actions && <div className="flex items-center gap-2">{actions}</div>}
        </div>
      )}
      <PanelBoundary name={typeof title === "string" ? `“${title}”` : "this part of the page"} isFramed>
        <div className={hasPadding ? "p-4" : undefined}>{children}</div>
      </PanelBoundary>
    </section>
  );
}
