"use client";

import { useSyncExternalStore } from "react";
import { storedChoice } from "./stored-choice.ts";

const singleKeyChoice = storedChoice("batchmark.single-keys", ["on", "off"], "on");

/**
 * Whether shortcuts made of letters alone are heard. Who dictates or uses a switch can turn them off (WCAG 2.1.4);
 * shortcuts with Ctrl or ⌘ always work.
 */
export function useSingleKeys(): [isOn: boolean, setOn: (isOn: boolean) => void] {
  const choice = useSyncExternalStore(singleKeyChoice.subscribe, singleKeyChoice.read, () => "on" as const);
  return [choice === "on", (isOn) => singleKeyChoice.choose(isOn ? "on" : "off")];
}
