import { CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

const looks = {
  info: { icon: Info, className: "text-accent" },
  warning: { icon: TriangleAlert, className: "text-partial" },
  error: { icon: CircleX, className: "text-failed" },
} as const;

type NoticeProps = {
  kind?: keyof typeof looks;
  title?: string;
  actions?: ReactNode;
  /** Without a border of its own: it fills a panel. */
  isFrameless?: boolean;
  className?: string;
  children?: ReactNode;
};

/** What happened and what to do, in the flow of the page. Errors are announced. */
export function Notice({
  kind = "info",
  title,
  actions,
  isFrameless = false,
  className,
  children,
}: NoticeProps) {
  const { icon: Icon, className: iconClass } = looks[kind];
  return (
    <div
      role={kind === "error" ? "alert" : undefined}
      className={classNames(
        "flex items-start gap-2.5",
        isFrameless ? "px-4 py-3" : "rounded border border-line bg-panel px-3 py-2.5",
        className,
      )}
    >
      <Icon aria-hidden className={classNames("mt-0.5 size-4 shrink-0", iconClass)} />
      <div className="min-w-0 flex-1 break-words">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={title ? "text-muted" : undefined}>{children}</div>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
    </div>
  );
}
