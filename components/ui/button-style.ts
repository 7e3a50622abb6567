import { classNames } from "./class-names.ts";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "small" | "medium";

const variantClasses: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:brightness-110",
  secondary: "border-line bg-panel text-ink hover:bg-raised data-popup-open:bg-raised",
  ghost: "border-transparent text-muted hover:bg-raised hover:text-ink data-popup-open:bg-raised",
  danger: "border-transparent bg-failed text-on-danger hover:brightness-110",
};

const sizeClasses: Record<ButtonSize, string> = {
  small: "h-7 gap-1.5 text-small",
  medium: "h-8 gap-2 text-base",
};

const widthClasses: Record<ButtonSize, { icon: string; text: string }> = {
  small: { icon: "w-7", text: "px-2.5" },
  medium: { icon: "w-8", text: "px-3" },
};

export type ButtonLook = {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** A square button that shows an icon alone; it needs an `aria-label`. */
  isIcon?: boolean;
};

/** The classes of everything that looks like a button: buttons and links. */
export function buttonStyle({ variant = "secondary", size = "medium", isIcon = false }: ButtonLook): string {
  return classNames(
    "inline-flex shrink-0 items-center justify-center rounded border font-medium whitespace-nowrap select-none",
    "transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-50",
    "[&_svg]:size-4 [&_svg]:shrink-0",
    variantClasses[variant],
    sizeClasses[size],
    widthClasses[size][isIcon ? "icon" : "text"],
  );
}
