import { formatDuration, formatPercent } from "#components/format.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import { curveTableRows } from "./curve-table-rows.ts";

/** The chart in text: share delivered with its 95 % interval, at the times at which any curve rises. */
export function CurveTable({ groups }: { groups: readonly ComparisonGroup[] }) {
  const rows = curveTableRows(groups);
  return (
    <div
      className="-m-4 max-h-[26.25rem] overflow-auto focus-visible:-outline-offset-2"
      tabIndex={0}
      role="group"
      aria-label="Curves as a table"
    >
      <div className="min-w-fit">
        <Table>
          <caption className="sr-only">Share of jobs delivered by a time, with 95 % intervals</caption>
          <TableHead>
            <tr>
              <TableHeader>Within</TableHeader>
              {groups.map((group) => (
                <TableHeader key={group.provider} isNumeric>
                  {providerLabels[group.provider]}
                </TableHeader>
              ))}
            </tr>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.seconds}>
                <TableCell className="whitespace-nowrap">{formatDuration(row.seconds)}</TableCell>
                {row.cells.map((cell, index) => (
                  <TableCell key={groups[index]?.provider} isNumeric>
                    {cell === null ? (
                      <span className="text-muted">not known yet</span>
                    ) : (
                      <>
                        {formatPercent(cell.share)}{" "}
                        <span className="text-small text-muted">
                          ({formatPercent(cell.lower)} – {formatPercent(cell.upper)})
                        </span>
                      </>
                    )}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </div>
  );
}
