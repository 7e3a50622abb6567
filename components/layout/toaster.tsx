"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** The stack of messages; above the bottom bar on phones. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
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
