"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { toastPlace } from "./show-toast.ts";

const Toaster = lazy(() => import("./toaster.tsx").then((file) => ({ default: file.Toaster })));

/** Where the summaries of actions appear; nothing until there is the first one. */
export function Toasts() {
  const isNeeded = useSyncExternalStore(toastPlace.subscribe, toastPlace.isNeeded, () => false);
  return <Suspense>{isNeeded && <Toaster />}</Suspense>;
}
