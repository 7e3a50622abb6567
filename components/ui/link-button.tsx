import Link from "next/link";
import type { ComponentProps } from "react";
import { buttonStyle, type ButtonLook } from "./button-style.ts";
import { classNames } from "./class-names.ts";

/** A link that looks like a button. Downloads pass `download` and become a plain anchor. */
export function LinkButton({
  variant,
  size,
  isIcon,
  className,
  download,
  href,
  ...rest
}: Omit<ComponentProps<typeof Link>, "href"> & ButtonLook & { href: string; download?: boolean | string }) {
  const style = classNames(buttonStyle({ variant, size, isIcon }), className);
  if (download !== undefined && download !== false) {
    const { prefetch: _prefetch, replace: _replace, scroll: _scroll, ...anchor } = rest;
    return <a {...anchor} href={href} download={download} className={style} />;
  }
  return <Link {...rest} href={href} className={style} />;
}
