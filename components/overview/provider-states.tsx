import { TriangleAlert } from "lucide-react";
import type { Overview } from "#lib/domain/overview.ts";
import { formatNumber } from "../format.ts";
import { ProviderName } from "../provider-name.tsx";

/** What runs at each provider, and its latest trouble. */
export function ProviderStates({ providers }: { providers: Overview["providers"] }) {
  return (
    <ul>
      {providers.map(({ provider, runningJobs, trouble }) => (
        <li key={provider} className="border-b border-line px-4 py-2.5 last:border-b-0">
          <p className="flex items-center justify-between gap-2">
            <ProviderName provider={provider} className="font-medium" />
            <span className="text-muted">
              {runningJobs === 0 ? "nothing in progress" : `${formatNumber(runningJobs)} in progress`}
            </span>
          </p>
          {trouble && (
            <p className="mt-1 flex items-start gap-1.5 text-small">
              <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-partial" />
              <span className="line-clamp-3 min-w-0 break-words">{trouble}</span>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
