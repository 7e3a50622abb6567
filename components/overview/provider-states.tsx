import type { Overview } from "#lib/domain/overview.ts";
import { formatNumber } from "../format.ts";
import { HealthBadge } from "../providers/health-badge.tsx";
import { shownErrors } from "../providers/health-words.ts";
import { ProviderName } from "../provider-name.tsx";
import { Time } from "../ui/time.tsx";

type ProviderState = Overview["providers"][number];

/** How each provider answers, what runs there, and its last error. */
export function ProviderStates({ providers }: { providers: Overview["providers"] }) {
  return (
    <ul className="grid divide-y divide-line lg:grid-cols-3 lg:divide-x lg:divide-y-0">
      {providers.map((each) => (
        <li key={each.provider} className="flex min-w-0 flex-col gap-1 px-4 py-2.5">
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <span className="flex items-center gap-2">
              <ProviderName provider={each.provider} className="font-medium" />
              <HealthBadge {...each} />
            </span>
            <span className="text-muted">
              {each.runningJobs === 0 ? "nothing running" : `${formatNumber(each.runningJobs)} running`}
            </span>
          </div>
          <Pause {...each} />
          <LastError {...each} />
        </li>
      ))}
    </ul>
  );
}

function Pause({ state }: ProviderState) {
  if (!state?.trouble || !state.pausedUntil) return null;
  return (
    <p className="text-small text-muted">
      Paused until <Time value={state.pausedUntil} precision="second" /> (
      <Time value={state.pausedUntil} show="relative" />)
    </p>
  );
}

function LastError(health: ProviderState) {
  const [last] = shownErrors(health);
  if (!last) return null;
  return (
    <p className="text-small">
      <span className="line-clamp-2 min-w-0 break-words">
        <span className="text-muted">Last error:</span> {last.message}
      </span>
      <Time value={last.at} show="relative" className="text-muted" />
    </p>
  );
}
