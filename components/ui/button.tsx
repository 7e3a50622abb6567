import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { buttonStyle, type ButtonLook } from "./button-style.ts";
import { classNames } from "./class-names.ts";

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> &
  ButtonLook & {
    isDisabled?: boolean;
    /** Work is under way: the button keeps its focus, shows a spinner and ignores clicks. */
    isPending?: boolean;
  };

export function Button({
  variant,
  size,
  isIcon,
  isDisabled = false,
  isPending = false,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={isDisabled}
      aria-busy={isPending || undefined}
      aria-disabled={isPending || rest["aria-disabled"] || undefined}
      className={classNames(buttonStyle({ variant, size, isIcon }), className)}
      onClick={isPending ? (event) => event.preventDefault() : onClick}
    >
      {isPending && <LoaderCircle aria-hidden className="animate-spin" />}
      {isPending && isIcon ? null : children}
    </button>
  );
}
