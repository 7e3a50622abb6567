import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type BadgeTone =
  | "neutral"
  | "accent"
  | "succeeded"
  | "failed"
  | "warning"
  | "cancelled"
  | "in-progress";

const tones: Record<BadgeTone, string> = {
  neutral: "text-muted",
  accent: "text-accent",
  succeeded: "text-succeeded",
  failed: "text-failed",
  warning: "text-partial",
  cancelled: "text-cancelled-on-demand",
  "in-progress": "text-in-progress",
};

type BadgeProps = {
  tone?: BadgeTone;
  icon?: ReactNode;
  title?: string;
  className?: string;
  children: ReactNode;
};

/** A word with an optional icon in a hairline frame; the colour only repeats what the word says. */
export function Badge({ tone = "neutral", icon, title, className, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={classNames(
        "inline-flex h-5.5 max-w-full align-middle items-center gap-1 rounded-full border border-line bg-panel px-2 text-small font-medium whitespace-nowrap",
        "[&_svg]:size-3.5 [&_svg]:shrink-0",
        tones[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
