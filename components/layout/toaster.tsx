"use client";

import { Toaster as Sonner } from "sonner";
import { useTheme } from "./use-theme.ts";

/** The stack of messages; above the bottom bar on phones. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme}
      position="bottom-right"
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        duration: 6000,
        classNames: {
          toast: "!rounded !border !border-line !bg-panel !text-ink !shadow-popup !font-sans !text-base",
          description: "!text-muted",
          actionButton: "!bg-accent !text-on-accent",
        },
      }}
    />
  );
}
