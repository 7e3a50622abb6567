import { formatNumber } from "#components/format.ts";
import { ProviderName } from "#components/provider-name.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { ScrollRegion } from "./scroll-region.tsx";

const columns = [
  { label: "Jobs", title: "All jobs of this choice", valueOf: (group: ComparisonGroup) => group.jobCount },
  {
    label: "Delivered",
    title: "Ended with results",
    valueOf: (group: ComparisonGroup) => group.deliveredCount,
  },
  {
    label: "partial",
    title: "Delivered, but not every request succeeded",
    valueOf: (group: ComparisonGroup) => group.partialCount,
  },
  {
    label: "Not delivered",
    title: "Failed, expired or timed out",
    valueOf: (group: ComparisonGroup) => group.notDeliveredCount,
  },
  {
    label: "Cancelled",
    title: "Cancelled on demand",
    valueOf: (group: ComparisonGroup) => group.cancelledCount,
  },
  { label: "Unfinished", title: "Still open", valueOf: (group: ComparisonGroup) => group.unfinishedCount },
] as const;

/** How many jobs stand behind each curve and what became of them. */
export function ComparisonCounts({ groups }: { groups: readonly ComparisonGroup[] }) {
  return (
    <Panel title="What became of the jobs" hasPadding={false}>
      <ScrollRegion label="Numbers of jobs">
        <Table>
          <TableHead>
            <tr>
              <TableHeader>Provider</TableHeader>
              {columns.map(({ label, title }) => (
                <TableHeader key={label} isNumeric title={title}>
                  {label}
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
                {columns.map(({ label, valueOf }) => (
                  <TableCell
                    key={label}
                    isNumeric
                    className={valueOf(group) === 0 ? "text-muted" : undefined}
                  >
                    {formatNumber(valueOf(group))}
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
