"use client";

import { WifiOff } from "lucide-react";
import { useLiveState } from "./live-events-context.tsx";

/** Says that what is on screen may be old while the server cannot be reached. */
export function OfflineNotice() {
  const { state } = useLiveState();
  if (state !== "offline") return null;
  return (
    <div
      role="alert"
      className="flex items-center gap-2 border-b border-line bg-panel px-4 py-1.5 text-small"
    >
      <WifiOff aria-hidden className="size-4 shrink-0 text-failed" />
      <span>
        <span className="font-medium">Connection lost.</span> What you see may be old. It is tried again by
        itself; check that Batchmark is running.
      </span>
    </div>
  );
}
