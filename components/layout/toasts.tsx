"use client";

import { useSyncExternalStore } from "react";
import { lazyPart } from "../ui/lazy-part.tsx";
import { toastPlace } from "./show-toast.ts";

const Toaster = lazyPart(() => import("./toaster.tsx").then((file) => file.Toaster));

/** Where the summaries of actions appear; nothing until there is the first one. */
export function Toasts() {
  const isNeeded = useSyncExternalStore(toastPlace.subscribe, toastPlace.isNeeded, () => false);
  return isNeeded && <Toaster />;
}
