import { ScrollRegion } from "#components/charts/scroll-region.tsx";
import { formatBytes, formatNumber } from "#components/format.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { StorageUsage } from "#lib/domain/storage-usage.ts";

/** What each job set keeps, the largest first. */
export function JobSetSizes({ jobSets }: { jobSets: StorageUsage["jobSets"] }) {
  return (
    <Panel title="Results by job set" hasPadding={false}>
      {jobSets.length === 0 ? (
        <EmptyState title="Nothing is kept yet">Results appear here when jobs have ended.</EmptyState>
      ) : (
        <ScrollRegion label="Results by job set">
          <Table>
            <TableHead>
              <tr>
                <TableHeader>Job set</TableHeader>
                <TableHeader isNumeric>Jobs</TableHeader>
                <TableHeader isNumeric className="max-sm:hidden">
                  Result files
                </TableHeader>
                <TableHeader isNumeric className="max-sm:hidden">
                  Result lines
                </TableHeader>
                <TableHeader isNumeric>Size</TableHeader>
              </tr>
            </TableHead>
            <TableBody>
              {jobSets.map((set) => (
                <TableRow key={set.jobSetId ?? ""}>
                  <TableCell className="min-w-44">
                    {set.jobSetId === null ? (
                      <span className="text-muted">none: adopted or imported</span>
                    ) : (
                      <TextLink href={`/job-sets/${set.jobSetId}`}>{set.name || "Unnamed set"}</TextLink>
                    )}
                  </TableCell>
                  <TableCell isNumeric>{formatNumber(set.jobCount)}</TableCell>
                  <TableCell isNumeric className="max-sm:hidden">
                    {formatNumber(set.fileCount)}
                  </TableCell>
                  <TableCell isNumeric className="max-sm:hidden">
                    {formatNumber(set.lineCount)}
                  </TableCell>
                  <TableCell isNumeric className="whitespace-nowrap">
                    {formatBytes(set.sizeBytes)}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </ScrollRegion>
      )}
    </Panel>
  );
}
