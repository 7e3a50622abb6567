import Link from "next/link";
import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

/** A link inside text or a table cell. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      className={classNames("rounded-xs text-accent underline-offset-2 hover:underline", className)}
    />
  );
}
