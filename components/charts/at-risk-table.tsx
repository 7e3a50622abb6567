import { formatNumber } from "#components/format.ts";
import { ProviderName } from "#components/provider-name.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { ScrollRegion } from "./scroll-region.tsx";
import { formatTick } from "./time-scale.ts";

type AtRiskTableProps = { groups: readonly ComparisonGroup[]; atRiskSeconds: readonly number[] };

/** How many jobs were still open at a time: where few are left, the curve stands on little. */
export function AtRiskTable({ groups, atRiskSeconds }: AtRiskTableProps) {
  return (
    <Panel title="Jobs still open after" hasPadding={false}>
      <ScrollRegion label="Jobs still open">
        <Table>
          <TableHead>
            <tr>
              <TableHeader>Provider</TableHeader>
              {atRiskSeconds.map((seconds) => (
                <TableHeader key={seconds} isNumeric>
                  {seconds === 0 ? "0 s" : formatTick(seconds)}
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
                {atRiskSeconds.map((seconds, index) => (
                  <TableCell key={seconds} isNumeric>
                    {formatNumber(group.atRisk[index] ?? null)}
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
