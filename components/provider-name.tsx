import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { classNames } from "./ui/class-names.ts";

/** Background class of each provider, for dots and bars; charts read the same variables. */
const dotClasses: Record<ProviderId, string> = {
  openai: "bg-openai",
  google: "bg-google",
  anthropic: "bg-anthropic",
};

/** A provider's name with a dot in its colour. */
export function ProviderName({ provider, className }: { provider: ProviderId; className?: string }) {
  return (
    <span className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap", className)}>
      <span aria-hidden className={classNames("size-2 shrink-0 rounded-full", dotClasses[provider])} />
      {providerLabels[provider]}
    </span>
  );
}
