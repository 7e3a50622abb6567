"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { systemClock } from "#lib/domain/clock.ts";
import { lazyPart, usePreload } from "../ui/lazy-part.tsx";
import { useLiveState } from "./live-events-context.tsx";
import { ShortcutReader, type ShortcutCommand } from "./shortcuts.ts";
import { useOpenPanel } from "./use-open-panel.ts";
import { useSingleKeys } from "./use-single-keys.ts";

const CommandPalette = lazyPart(() => import("./command-palette.tsx").then((file) => file.CommandPalette));
const KeyboardHelp = lazyPart(() => import("./keyboard-help.tsx").then((file) => file.KeyboardHelp));

/** Hears the shortcuts of the whole dashboard, and holds the palette and the help that they open. */
export function Keyboard() {
  const [panel, openPanel] = useOpenPanel();
  usePreload(CommandPalette);
  useShortcuts();
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) openPanel(null);
  };
  return (
    <>
      {panel === "palette" && <CommandPalette onOpenChange={onOpenChange} />}
      {panel === "help" && <KeyboardHelp onOpenChange={onOpenChange} />}
    </>
  );
}

function useShortcuts(): void {
  const router = useRouter();
  const [, openPanel] = useOpenPanel();
  const { isPaused, setPaused } = useLiveState();
  const [hearsSingleKeys] = useSingleKeys();
  const [reader] = useState(() => new ShortcutReader(() => systemClock.now().getTime()));

  useEffect(() => {
    const run = (command: ShortcutCommand) => {
      switch (command.kind) {
        case "open-palette":
          return openPanel("palette");
        case "open-help":
          return openPanel("help");
        case "toggle-pause":
          return setPaused(!isPaused);
        case "go":
          return router.push(command.href);
      }
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        run({ kind: "open-palette" });
        return;
      }
      if (!hearsSingleKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const command = reader.press(event.key);
      if (command === null) return;
      event.preventDefault();
      run(command);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [router, openPanel, isPaused, setPaused, hearsSingleKeys, reader]);
}

/** Whether the key belongs to a field, a menu or an open dialog. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]",
    ) !== null
  );
}
