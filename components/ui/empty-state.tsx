import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

type EmptyStateProps = {
  icon?: ReactNode;
  title: string;
  /** Says what to do next. */
  children?: ReactNode;
  action?: ReactNode;
  /** Among other things of a panel, instead of alone on a page. */
  isSmall?: boolean;
};

/** Stands where there is nothing to show, and leads on. */
export function EmptyState({ icon, title, children, action, isSmall = false }: EmptyStateProps) {
  return (
    <div
      className={classNames("flex flex-col items-center gap-2 px-4 text-center", isSmall ? "py-6" : "py-12")}
    >
      {icon && <div className="text-muted [&_svg]:size-6">{icon}</div>}
      <p className="font-semibold">{title}</p>
      {children && <div className="max-w-md text-base text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
