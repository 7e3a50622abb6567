import { CircleCheck, CircleMinus, TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import type { ProviderHealth } from "#lib/domain/provider-health.ts";
import { troubleLabels } from "./health-words.ts";

/** How an account is, at a glance: no key, its trouble, not called yet, or answering. */
export function HealthBadge({ state, calls }: Pick<ProviderHealth, "state" | "calls">) {
  if (!calls) return <Badge icon={<CircleMinus aria-hidden />}>no key</Badge>;
  if (state?.trouble) {
    return (
      <Badge tone="warning" icon={<TriangleAlert aria-hidden />}>
        {troubleLabels[state.trouble]}
      </Badge>
    );
  }
  if (calls.answeredRequests === 0) return <Badge icon={<CircleMinus aria-hidden />}>not called yet</Badge>;
  return (
    <Badge tone="succeeded" icon={<CircleCheck aria-hidden />}>
      answers
    </Badge>
  );
}
