"use client";

import type { ReactNode } from "react";
import { lazyPart, useEverTrue, usePreload } from "./lazy-part.tsx";

export type ConfirmDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** What will happen, and what cannot be undone. */
  children: ReactNode;
  /** Says what it does: "Cancel 4 jobs". */
  confirmLabel: string;
  dismissLabel?: string;
  onConfirm: () => void;
  isDangerous?: boolean;
  isPending?: boolean;
  /** There is nothing to confirm. */
  isDisabled?: boolean;
};

const Popup = lazyPart<ConfirmDialogProps>(() =>
  import("./confirm-dialog-popup.tsx").then((file) => file.ConfirmDialogPopup),
);

/** A question that must be answered before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  usePreload(Popup);
  return useEverTrue(props.isOpen) && <Popup {...props} />;
}
