"use client";

import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Shown in place of a page that could not be made. The rail stays usable. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <Notice
      kind="error"
      title="This page could not be shown"
      actions={
        <>
          <LinkButton href="/">Overview</LinkButton>
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
        </>
      }
    >
      <p>Your jobs are not affected: they run at the providers and are kept on the server.</p>
      {digest && (
        <p>
          The server log has the reason under <code className="font-mono text-small">{digest}</code>.
        </p>
      )}
    </Notice>
  );
}
