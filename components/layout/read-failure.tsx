import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";

/** A panel that could not be read again; what was read before stays on screen below it. */
export function ReadFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <Notice
      kind="error"
      title="The newest state could not be read"
      className="mb-3"
      actions={
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {error.message}
    </Notice>
  );
}
