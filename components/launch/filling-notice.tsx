"use client";

import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Filling } from "./use-starting-point.ts";

/** Says where the form's contents come from, and gives back what they replaced. */
export function FillingNotice({ filling: { isFilling, origin, problem, undo } }: { filling: Filling }) {
  if (isFilling) {
    return (
      <Notice className="mb-4">
        <span role="status">Reading the lanes and prompts…</span>
      </Notice>
    );
  }
  if (origin === null) return null;
  return (
    <Notice
      kind={problem ? "warning" : "info"}
      className="mb-4"
      actions={
        undo && (
          <Button size="small" onClick={undo}>
            Bring back what I typed
          </Button>
        )
      }
    >
      <span role="status">
        Filled from {origin}. {problem ?? "Nothing is launched until you press Launch."}
      </span>
    </Notice>
  );
}
