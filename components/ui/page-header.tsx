import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  /** One sentence of state in words: "37 running, 4 need attention". */
  state?: ReactNode;
  /** Chips beside the title. */
  badges?: ReactNode;
  /** The primary action, at the right. */
  actions?: ReactNode;
};

/** The top line of each page. */
export function PageHeader({ title, state, badges, actions }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-title font-semibold break-words">{title}</h1>
          {badges}
        </div>
        {state && <div className="mt-0.5 text-base text-muted">{state}</div>}
      </div>
      {actions && (
        <div data-print="hide" className="flex flex-wrap items-center gap-2">
          {actions}
        </div>
      )}
    </header>
  );
}
