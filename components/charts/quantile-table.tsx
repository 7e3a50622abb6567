import { formatPercent } from "#components/format.ts";
import { ProviderName } from "#components/provider-name.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { ScrollRegion } from "./scroll-region.tsx";
import { quantileRemark, quantileText } from "./findings.ts";

/** The time by which a share of the jobs is delivered, each with its 95 % interval below. */
export function QuantileTable({ groups }: { groups: readonly ComparisonGroup[] }) {
  const shares = groups[0]?.quantiles.map((quantile) => quantile.share) ?? [];
  return (
    <Panel title="Time until a share of the jobs is delivered" hasPadding={false}>
      <ScrollRegion label="Percentiles">
        <Table>
          <caption className="sr-only">Turnaround percentiles per provider with 95 % intervals</caption>
          <TableHead>
            <tr>
              <TableHeader>Provider</TableHeader>
              {shares.map((share) => (
                <TableHeader
                  key={share}
                  isNumeric
                  title={`${formatPercent(share)} of the jobs are delivered by then`}
                >
                  p{Math.round(share * 100)}
                </TableHeader>
              ))}
            </tr>
          </TableHead>
          <TableBody>
            {groups.map((group) => (
              <TableRow key={group.provider}>
                <TableCell>
                  <ProviderName provider={group.provider} />
                </TableCell>
                {group.quantiles.map((quantile) => (
                  <TableCell key={quantile.share} isNumeric className="py-1.5 align-top">
                    <span className={quantile.seconds === null ? "text-muted" : "font-medium"}>
                      {quantileText(quantile, group)}
                    </span>
                    <span className="block text-small text-muted">{quantileRemark(quantile, group)}</span>
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
    </Panel>
  );
}
