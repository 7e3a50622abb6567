"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { popupItemStyle, popupStyle } from "./popup-style.ts";

type MenuProps = {
  /** The element that opens the menu, for example an icon `Button` with an `aria-label`. */
  trigger: ReactElement;
  align?: "start" | "end";
  children: ReactNode;
};

export function Menu({ trigger, align = "end", children }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={4} align={align} className="z-50 outline-none">
          <BaseMenu.Popup className={classNames(popupStyle, "min-w-40 p-1")}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

type MenuItemProps = {
  onSelect?: () => void;
  isDisabled?: boolean;
  isDangerous?: boolean;
  children: ReactNode;
};

export function MenuItem({ onSelect, isDisabled, isDangerous, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      onClick={onSelect}
      disabled={isDisabled}
      className={classNames(popupItemStyle, isDangerous && "text-failed")}
    >
      {children}
    </BaseMenu.Item>
  );
}

/** A menu entry that leads to another page or a download; pass a `Link` or an anchor. */
export function MenuLink({ link, children }: { link: ReactElement; children: ReactNode }) {
  return (
    <BaseMenu.Item render={link} nativeButton={false} className={popupItemStyle}>
      {children}
    </BaseMenu.Item>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="my-1 h-px bg-line" />;
}
