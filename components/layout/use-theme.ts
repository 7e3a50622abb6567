"use client";

import { useEffect, useSyncExternalStore } from "react";
import {
  resolveTheme,
  showTheme,
  subscribeToTheme,
  themeChoice,
  type ResolvedTheme,
  type Theme,
} from "./theme.ts";

/** The user's choice and what it means; "system" and light on the server and until the page has loaded. */
export function useTheme(): { theme: Theme; resolvedTheme: ResolvedTheme; setTheme: (theme: Theme) => void } {
  const theme = useSyncExternalStore(subscribeToTheme, themeChoice.read, () => "system" as const);
  const resolvedTheme = useSyncExternalStore(
    subscribeToTheme,
    () => resolveTheme(themeChoice.read()),
    () => "light" as const,
  );
  return { theme, resolvedTheme, setTheme: themeChoice.choose };
}

/** Keeps the page in the theme of the choice while it is open. Used once, in the frame. */
export function useShownTheme(): void {
  useEffect(() => {
    const show = () => showTheme(resolveTheme(themeChoice.read()));
    show();
    return subscribeToTheme(show);
  }, []);
}
