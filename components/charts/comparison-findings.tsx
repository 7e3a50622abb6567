import { formatQuantity } from "#components/format.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import type { ChartGroup } from "./chart-groups.ts";
import { differenceFinding, findingsOf } from "./findings.ts";

const mostFindings = 8;

/** What the comparison says, in words, before any picture. */
export function ComparisonFindings({
  groups,
  comparison,
}: {
  groups: readonly ChartGroup[];
  comparison: Comparison;
}) {
  const findings = findingsOf(groups, comparison);
  const difference = differenceFinding(comparison);
  return (
    <section aria-label="Findings" className="flex flex-col gap-2">
      <ul className="flex flex-col gap-2">
        {findings.slice(0, mostFindings).map(({ chartGroup, sentence, remarks }) => (
          <li
            key={chartGroup.key}
            className="border-l-3 py-0.5 pl-3 text-[1rem] leading-6"
            style={{ borderLeftColor: chartGroup.mark.color }}
          >
            {sentence}
            {remarks.map((remark) => (
              <span key={remark} className="text-muted">
                {" "}
                {remark}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {findings.length > mostFindings && (
        <p className="text-muted">
          {formatQuantity(findings.length - mostFindings, "more group")}, slower or not known yet, in the
          tables below.
        </p>
      )}
      {comparison.precision === "bin" && (
        <p className="text-muted">
          So many jobs by their time of launch are counted in steps of time: times are exact to about 6 %.
        </p>
      )}
      {difference && <p className="text-muted">{difference}</p>}
    </section>
  );
}
