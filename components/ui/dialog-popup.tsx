"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";
import type { DialogProps } from "./dialog.tsx";

export const backdropStyle =
  "fixed inset-0 z-50 bg-(--backdrop) transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0";

export const dialogStyle =
  "fixed left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col " +
  "rounded border border-line bg-panel text-ink shadow-popup outline-none transition-opacity duration-150 " +
  "data-starting-style:opacity-0 data-ending-style:opacity-0";

/** The place of dialogs whose height does not change while they are open. */
export const dialogPlace = "top-1/2 -translate-y-1/2";

const sizes = { medium: "max-w-lg", large: "max-w-4xl" } as const;

/** What `Dialog` opens. */
export function DialogPopup({
  title,
  description,
  isOpen,
  onOpenChange,
  size = "medium",
  children,
}: DialogProps) {
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropStyle} />
        <BaseDialog.Popup className={classNames(dialogStyle, dialogPlace, sizes[size])}>
          <div className="flex items-start justify-between gap-4 border-b border-line px-4 py-3">
            <div className="min-w-0">
              <BaseDialog.Title className="font-semibold">{title}</BaseDialog.Title>
              {description && (
                <BaseDialog.Description className="mt-0.5 text-small text-muted">
                  {description}
                </BaseDialog.Description>
              )}
            </div>
            <BaseDialog.Close
              render={
                <Button variant="ghost" size="small" isIcon aria-label="Close">
                  <X aria-hidden />
                </Button>
              }
            />
          </div>
          <div className="min-h-0 overflow-y-auto px-4 py-3" tabIndex={-1}>
            {children}
          </div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
