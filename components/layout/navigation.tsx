"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "../ui/class-names.ts";
import { isCurrent, navigationItems } from "./navigation-items.ts";

/** The rail's entries: icons alone below 1280 px, icons with words from there. */
export function RailNavigation() {
  const pathname = usePathname();
  return (
    <nav aria-label="Pages">
      <ul className="flex flex-col gap-0.5">
        {navigationItems.map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <Link
              href={href}
              title={label}
              aria-current={isCurrent(pathname, href) ? "page" : undefined}
              className={classNames(
                "flex h-9 items-center justify-center gap-2.5 rounded text-muted hover:bg-raised hover:text-ink xl:justify-start xl:px-2.5",
                "aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-ink",
              )}
            >
              <Icon aria-hidden className="size-4.5 shrink-0" />
              <span className="sr-only xl:not-sr-only">{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The bar at the lower edge of narrow screens. */
export function BottomNavigation() {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Pages"
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-panel pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="grid grid-cols-6">
        {navigationItems.map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isCurrent(pathname, href) ? "page" : undefined}
              className={classNames(
                "flex h-14 flex-col items-center justify-center gap-0.5 text-tiny text-muted focus-visible:-outline-offset-2",
                "aria-[current=page]:font-medium aria-[current=page]:text-accent",
              )}
            >
              <Icon aria-hidden className="size-5" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
