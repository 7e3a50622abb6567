"use client";

import { Popover as BasePopover } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { popupStyle } from "./popup-style.ts";

type PopoverProps = {
  trigger: ReactElement;
  /** Name of the popup for screen readers. */
  label: string;
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
};

/** A small panel that opens beside its trigger. */
export function Popover({ trigger, label, align = "start", className, children }: PopoverProps) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner sideOffset={4} align={align} className="z-50 outline-none">
          <BasePopover.Popup aria-label={label} className={classNames(popupStyle, "p-2", className)}>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
