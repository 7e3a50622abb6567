"use client";

import type { JobListItem } from "#lib/domain/job-page.ts";
import { loadedPart } from "../ui/lazy-part.tsx";
import { LightPopover } from "../ui/light-popover.tsx";
import type { BulkAction } from "./use-bulk-action.ts";

export const jobRowEntries = loadedPart(() =>
  import("./job-row-entries.tsx").then((file) => file.JobRowEntries),
);

type JobRowMenuProps = { job: JobListItem; action: BulkAction; tabIndex?: number };

/** What can be done with one job of a list. */
export function JobRowMenu({ job, action, tabIndex }: JobRowMenuProps) {
  return (
    <LightPopover
      role="menu"
      label={`Actions for job ${job.providerJobId ?? job.id}`}
      // Three dots as text: an icon is four elements in each row of a long list.
      button={<span className="text-base font-bold">···</span>}
      variant="ghost"
      size="small"
      isIcon
      align="end"
      tabIndex={tabIndex}
      prepare={jobRowEntries.load}
    >
      {(close) => {
        const Entries = jobRowEntries.current;
        return Entries && <Entries job={job} action={action} onChoose={close} />;
      }}
    </LightPopover>
  );
}
