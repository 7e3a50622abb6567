import { classNames } from "./class-names.ts";

/** A grey shape of the size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames("animate-pulse rounded bg-raised", className)} />;
}
