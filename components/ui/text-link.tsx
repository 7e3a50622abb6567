import Link from "next/link";
import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

type TextLinkProps = ComponentProps<typeof Link> & {
  /** In the colour of the text: for the names of rows, which are links all the same. */
  isQuiet?: boolean;
};

/** A link inside text or a table cell. */
export function TextLink({ className, isQuiet = false, ...rest }: TextLinkProps) {
  return (
    <Link
      {...rest}
      className={classNames(
        "rounded-xs underline-offset-2 hover:underline",
        isQuiet ? "text-ink" : "text-accent",
        className,
      )}
    />
  );
}
