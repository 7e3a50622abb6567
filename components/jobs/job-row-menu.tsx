"use client";

import { Ban, Ellipsis, RefreshCw, SquareArrowOutUpRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { JobListItem } from "#lib/domain/job-page.ts";
import { isTerminal } from "#lib/domain/user-status.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuItem, MenuLink } from "../ui/menu.tsx";
import { CancelJobsDialog } from "./cancel-jobs-dialog.tsx";
import { useJobActions } from "./use-job-actions.ts";

/** What can be done with one job of a list. */
export function JobRowMenu({ job }: { job: JobListItem }) {
  const [isCancelling, setIsCancelling] = useState(false);
  const { check } = useJobActions();
  const hasEnded = isTerminal(job.userStatus);
  const name = job.providerJobId ?? job.id;
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" size="small" isIcon aria-label={`Actions for job ${name}`}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuLink link={<Link href={`/jobs/${job.id}`} />}>
          <SquareArrowOutUpRight aria-hidden />
          Open job
        </MenuLink>
        <MenuItem isDisabled={hasEnded} onSelect={() => check.mutate([job.id])}>
          <RefreshCw aria-hidden />
          Check now
        </MenuItem>
        <MenuItem
          isDisabled={hasEnded || job.observed.cancelRequestedAt !== null}
          isDangerous={!hasEnded}
          onSelect={() => setIsCancelling(true)}
        >
          <Ban aria-hidden />
          Cancel job
        </MenuItem>
      </Menu>
      <CancelJobsDialog jobs={[job]} isOpen={isCancelling} onOpenChange={setIsCancelling} />
    </>
  );
}
