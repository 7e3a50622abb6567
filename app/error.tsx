"use client";

import Link from "next/link";
import { buttonStyle } from "#components/ui/button-style.ts";

/** Shown in place of a page that could not be made. The rail stays usable. Every page loads it, so it is plain. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-start gap-2.5 rounded border border-line bg-panel px-3 py-2.5"
    >
      <div className="min-w-0 flex-1 break-words">
        <p className="font-medium text-failed">This page could not be shown</p>
        <div className="text-muted">
          <p>Your jobs are not affected: they run at the providers and are kept on the server.</p>
          {digest && (
            <p>
              The server log has the reason under <code className="font-mono text-small">{digest}</code>.
            </p>
          )}
        </div>
      </div>
      <div className="flex shrink-0 items-center gap-2">
        <Link href="/" className={buttonStyle({})}>
          Overview
        </Link>
        <button type="button" className={buttonStyle({ variant: "primary" })} onClick={() => retry()}>
          Try again
        </button>
      </div>
    </div>
  );
}
