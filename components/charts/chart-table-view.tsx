import { classNames } from "#components/ui/class-names.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { ChartCell, ChartTable } from "./chart-table.ts";
import { GroupName } from "./group-name.tsx";
import { ScrollRegion } from "./scroll-region.tsx";

/** A chart, or figures without one, as a table; wide ones scroll by pointer and keyboard. */
export function ChartTableView({ table, className }: { table: ChartTable; className?: string }) {
  const [nameColumn, ...columns] = table.columns;
  return (
    <ScrollRegion label={table.caption} className={className}>
      <Table>
        <caption className="sr-only">{table.caption}</caption>
        <TableHead>
          <tr>
            <TableHeader title={nameColumn?.title}>{nameColumn?.label}</TableHeader>
            {columns.map(({ label, title, isText }) => (
              <TableHeader key={label} title={title} isNumeric={!isText}>
                {label}
              </TableHeader>
            ))}
          </tr>
        </TableHead>
        <TableBody>
          {table.rows.map((row) => (
            <TableRow key={row.key}>
              <th scope="row" className="h-9 px-2.5 py-1 text-left font-normal whitespace-nowrap first:pl-4">
                {row.mark ? <GroupName label={row.name} mark={row.mark} /> : row.name}
              </th>
              {row.cells.map((cell, index) => (
                <TableCell key={columns[index]?.label} isNumeric={!columns[index]?.isText}>
                  <CellText cell={cell} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}

function CellText({ cell: { text, remark, isMuted } }: { cell: ChartCell }) {
  return (
    <>
      <span className={classNames(isMuted && "text-muted")}>{text}</span>
      {remark && <span className="block text-small text-muted">{remark}</span>}
    </>
  );
}
