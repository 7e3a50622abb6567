import type { ReactNode } from "react";
import { ProviderName } from "#components/provider-name.tsx";
import type { ProviderId } from "#lib/domain/provider-id.ts";

type ProviderReadingRowProps = {
  provider: ProviderId;
  /** How far the reading has come. */
  state: string;
  failure: string | null;
  /** What can be done, or a sign that it goes on. */
  children: ReactNode;
};

/** How far the reading of one provider has come, and what went wrong with it; an item of a list. */
export function ProviderReadingRow({ provider, state, failure, children }: ProviderReadingRowProps) {
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1.5 last:border-b-0">
      <ProviderName provider={provider} className="w-28" />
      <div className="min-w-0 flex-1 basis-44">
        <p role="status">{state}</p>
        {failure && (
          <p role="alert" className="break-words text-failed">
            {failure}
          </p>
        )}
      </div>
      {children}
    </li>
  );
}
