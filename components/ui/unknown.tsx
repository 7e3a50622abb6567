import { unknownText } from "../format.ts";

/** A value that nobody has told us: a dash that says so to the pointer and to screen readers. */
export function Unknown({ title = "Unknown" }: { title?: string }) {
  return (
    <span title={title} className="text-muted">
      <span aria-hidden>—</span>
      <span className="sr-only">{unknownText}</span>
    </span>
  );
}
