"use client";

import { LoaderCircle } from "lucide-react";
import { formatNumber, formatQuantity } from "#components/format.ts";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { recentJobsLimits } from "#lib/domain/account-job.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { ProviderReadingRow } from "./provider-reading-row.tsx";
import type { ProviderReading } from "./recent-jobs-state.ts";

type RecentJobsReadingsProps = {
  readings: readonly ProviderReading[];
  onRetry: (provider: ProviderId) => void;
};

/** How far each provider's listing and import has come, and what went wrong with it. */
export function RecentJobsReadings({ readings, onRetry }: RecentJobsReadingsProps) {
  return (
    <Panel title="Providers" hasPadding={false}>
      <ul>
        {readings.map((reading) => (
          <ProviderReadingRow
            key={reading.provider}
            provider={reading.provider}
            state={describeReading(reading)}
            failure={reading.failure}
          >
            {reading.failure ? (
              <Button size="small" onClick={() => onRetry(reading.provider)}>
                Try again
              </Button>
            ) : (
              (reading.listing === "reading" || reading.importing === "running") && (
                <LoaderCircle aria-hidden className="size-4 animate-spin text-muted" />
              )
            )}
          </ProviderReadingRow>
        ))}
      </ul>
    </Panel>
  );
}

/** One provider's state in words: what was read and what was imported. */
export function describeReading(reading: ProviderReading): string {
  const newCount = reading.jobs.filter((job) => job.state === "new").length;
  const listed = formatQuantity(reading.jobs.length, "job");
  const imported = reading.importing === "no" ? "" : ` ${formatNumber(reading.importedCount)} imported.`;
  if (reading.listing === "reading") return `Reading, ${listed} so far.${imported}`;
  if (reading.listing === "failed") {
    const far = reading.jobs.length > 0 ? `, ${listed} until then` : "";
    return `Could not be read${far}.${imported}`;
  }
  const cut = reading.isCut
    ? ` Only the newest ${formatNumber(recentJobsLimits.listed)} are listed; importing all takes the others too.`
    : "";
  if (reading.jobs.length === 0) return `No job in this time.${imported}`;
  return `${listed}, ${formatNumber(newCount)} new.${cut}${imported}`;
}
