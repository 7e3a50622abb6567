import type { JobSetSummary } from "#lib/domain/job-set-summary.ts";
import { formatNumber } from "../format.ts";
import { ProviderName } from "../provider-name.tsx";
import { Badge } from "../ui/badge.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { TextLink } from "../ui/text-link.tsx";
import { Time } from "../ui/time.tsx";
import { SetProgressBar } from "./set-progress-bar.tsx";

const cardCell = "max-sm:h-auto max-sm:px-4 max-sm:py-0 max-sm:text-left";

/** Job sets, newest first; on phones each row becomes a card. The roles are written out because the cards drop them. */
export function JobSetTable({ jobSets }: { jobSets: readonly JobSetSummary[] }) {
  return (
    <Table role="table" className="max-sm:block">
      <TableHead role="rowgroup" className="max-sm:hidden">
        <tr role="row">
          <TableHeader role="columnheader">Job set</TableHeader>
          <TableHeader role="columnheader" className="max-lg:hidden">
            Providers
          </TableHeader>
          <TableHeader role="columnheader" className="w-[30%]">
            Progress
          </TableHeader>
          <TableHeader role="columnheader" isNumeric className="max-lg:hidden">
            Requests
          </TableHeader>
          <TableHeader role="columnheader" isNumeric>
            Launched
          </TableHeader>
        </tr>
      </TableHead>
      <TableBody role="rowgroup" className="max-sm:block">
        {jobSets.map((jobSet) => (
          <JobSetRow key={jobSet.id} jobSet={jobSet} />
        ))}
      </TableBody>
    </Table>
  );
}

function JobSetRow({ jobSet }: { jobSet: JobSetSummary }) {
  return (
    <TableRow
      role="row"
      className="hover:bg-raised/60 max-sm:flex max-sm:flex-col max-sm:gap-1.5 max-sm:py-3"
    >
      <TableCell role="cell" className={`${cardCell} sm:w-[34%] sm:max-w-0`}>
        <span className="flex min-w-0 items-center gap-x-2">
          <TextLink
            href={`/job-sets/${jobSet.id}`}
            title={jobSetTitle(jobSet)}
            isQuiet
            className="truncate font-medium"
          >
            {jobSetTitle(jobSet)}
          </TextLink>
          {jobSet.isSimulated && <Badge className="shrink-0">simulated</Badge>}
        </span>
      </TableCell>
      <TableCell role="cell" className={`${cardCell} sm:max-lg:hidden`}>
        <span className="flex flex-wrap gap-x-3 text-small text-muted sm:flex-nowrap">
          {providersOf(jobSet).map((provider) => (
            <ProviderName key={provider} provider={provider} />
          ))}
        </span>
      </TableCell>
      <TableCell role="cell" className={cardCell}>
        <SetProgressBar counts={jobSet} />
      </TableCell>
      <TableCell role="cell" isNumeric className="max-lg:hidden">
        {formatNumber(requestCountOf(jobSet))}
      </TableCell>
      <TableCell role="cell" isNumeric className={`${cardCell} text-muted`}>
        <Time value={jobSet.launchedAt} show="relative" />
      </TableCell>
    </TableRow>
  );
}

export function jobSetTitle(jobSet: Pick<JobSetSummary, "name">): string {
  return jobSet.name || "Unnamed set";
}

/** Each provider once, in the order of the lanes. */
export function providersOf(jobSet: Pick<JobSetSummary, "lanes">) {
  return [...new Set(jobSet.lanes.map((lane) => lane.provider))];
}

export function requestCountOf(jobSet: Pick<JobSetSummary, "lanes">): number {
  return jobSet.lanes.reduce((sum, lane) => sum + lane.jobCount * lane.requestsPerJob, 0);
}
