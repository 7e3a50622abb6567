"use client";

import { formatMoment, formatRelative, zoneLabel } from "../format.ts";
import { useNow } from "../layout/use-now.ts";
import { useTimeZone } from "../layout/use-time-zone.ts";
import { Unknown } from "./unknown.tsx";

type TimeProps = {
  value: Date | null;
  /** `relative`: "3 min ago" with the exact moment on hover. `both`: "22 Nov 2026, 14:05 (3 min ago)". */
  show?: "moment" | "relative" | "both";
  precision?: "minute" | "second" | "millisecond";
  className?: string;
};

/** A moment in the user's zone. */
export function Time({ value, show = "moment", precision = "minute", className }: TimeProps) {
  const [zone] = useTimeZone();
  if (!value) return <Unknown />;
  return (
    <time
      dateTime={value.toISOString()}
      title={`${formatMoment(value, zone, "second")} ${zoneLabel(zone)}`}
      className={className}
    >
      {show === "relative" ? (
        <RelativeTime value={value} />
      ) : (
        <>
          {formatMoment(value, zone, precision)}
          {show === "both" && (
            <span className="text-muted">
              {" ("}
              <RelativeTime value={value} />)
            </span>
          )}
        </>
      )}
    </time>
  );
}

function RelativeTime({ value }: { value: Date }) {
  return <>{formatRelative(value, useNow())}</>;
}
