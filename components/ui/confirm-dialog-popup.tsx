"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";
import type { ConfirmDialogProps } from "./confirm-dialog.tsx";
import { backdropStyle, dialogPlace, dialogStyle } from "./dialog-popup.tsx";

/** What `ConfirmDialog` opens. */
export function ConfirmDialogPopup({
  isOpen,
  onOpenChange,
  title,
  children,
  confirmLabel,
  dismissLabel = "Keep as it is",
  onConfirm,
  isDangerous = false,
  isPending = false,
  isDisabled = false,
}: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropStyle} />
        <AlertDialog.Popup className={classNames(dialogStyle, dialogPlace, "max-w-md gap-3 p-4")}>
          <AlertDialog.Title className="text-[1rem] font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="text-base text-muted">
            {children}
          </AlertDialog.Description>
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close render={<Button>{dismissLabel}</Button>} />
            <Button
              variant={isDangerous ? "danger" : "primary"}
              isPending={isPending}
              isDisabled={isDisabled && !isPending}
              onClick={onConfirm}
            >
              {confirmLabel}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
