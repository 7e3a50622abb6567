"use client";

import { useTheme } from "next-themes";
import dynamic from "next/dynamic";

const Toaster = dynamic(() => import("sonner").then((module) => module.Toaster), { ssr: false });

/** Where the summaries of actions appear; above the bottom bar on phones. */
export function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
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
