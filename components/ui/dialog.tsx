"use client";

import type { ReactNode } from "react";
import { lazyPart, useEverTrue } from "./lazy-part.tsx";

export type DialogProps = {
  title: ReactNode;
  description?: ReactNode;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  size?: "medium" | "large";
  children: ReactNode;
};

const Popup = lazyPart<DialogProps>(() => import("./dialog-popup.tsx").then((file) => file.DialogPopup));

export const preloadDialog = Popup.preload;

/** A dialog that can be dismissed. For a question that must be answered use `ConfirmDialog`. */
export function Dialog(props: DialogProps): ReactNode {
  return useEverTrue(props.isOpen) && <Popup {...props} />;
}
