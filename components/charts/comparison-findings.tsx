import { classNames } from "#components/ui/class-names.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { differenceFinding, findingOf, unfinishedFinding } from "./findings.ts";

const edges: Record<ProviderId, string> = {
  openai: "border-l-openai",
  google: "border-l-google",
  anthropic: "border-l-anthropic",
};

/** What the comparison says, in words, before any picture. */
export function ComparisonFindings({ comparison }: { comparison: Comparison }) {
  const difference = differenceFinding(comparison);
  return (
    <section aria-label="Findings" className="flex flex-col gap-2">
      <ul className="flex flex-col gap-2">
        {comparison.groups.map((group) => {
          const unfinished = unfinishedFinding(group);
          return (
            <li
              key={group.provider}
              className={classNames("border-l-3 py-0.5 pl-3 text-[1rem] leading-6", edges[group.provider])}
            >
              {findingOf(group)}
              {unfinished && <span className="text-muted"> {unfinished}</span>}
            </li>
          );
        })}
      </ul>
      {difference && <p className="text-muted">{difference}</p>}
    </section>
  );
}
