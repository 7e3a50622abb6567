import { FlaskConical } from "lucide-react";
import { TextLink } from "../ui/text-link.tsx";

/** Says on every page that nothing here is real while the embedded sandbox stands in for the providers. */
export function SandboxBanner() {
  return (
    <aside
      aria-label="Sandbox"
      className="flex items-start gap-2 border-b border-line bg-raised px-4 py-1.5 text-small"
    >
      <FlaskConical aria-hidden className="mt-px size-4 shrink-0 text-partial" />
      <span>
        <span className="font-medium">Sandbox:</span> simulated providers, no money is spent.{" "}
        <TextLink href="/providers" className="underline">
          How to set keys
        </TextLink>
      </span>
    </aside>
  );
}
