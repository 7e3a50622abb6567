"use client";

import { CircleCheck } from "lucide-react";
import { useState } from "react";
import type { Overview } from "#lib/domain/overview.ts";
import { StatusChip } from "../jobs/status-chip.tsx";
import { ProviderName } from "../provider-name.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { LinkButton } from "../ui/link-button.tsx";
import { Time } from "../ui/time.tsx";
import { adviceFor } from "./attention-advice.ts";

type AttentionItem = Overview["attention"][number];

const shownAtFirst = 5;

/** Jobs that need somebody, each with what happened and where to go next. */
export function AttentionList({ attention }: { attention: readonly AttentionItem[] }) {
  const [showsAll, setShowsAll] = useState(false);
  if (attention.length === 0) {
    return (
      <EmptyState icon={<CircleCheck aria-hidden />} title="Nothing needs attention" isSmall>
        Failed, partial and timed-out jobs appear here for a day, jobs in trouble for as long as it lasts.
      </EmptyState>
    );
  }
  const hiddenCount = showsAll ? 0 : Math.max(0, attention.length - shownAtFirst);
  return (
    <>
      <ul>
        {attention.slice(0, attention.length - hiddenCount).map((item) => (
          <AttentionRow key={item.job.id} item={item} />
        ))}
      </ul>
      {hiddenCount > 0 && (
        <div className="border-t border-line px-2 py-1.5">
          <Button variant="ghost" size="small" onClick={() => setShowsAll(true)}>
            Show {hiddenCount} more
          </Button>
        </div>
      )}
    </>
  );
}

function AttentionRow({ item: { job, reason } }: { item: AttentionItem }) {
  const { happened, next } = adviceFor(job, reason);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0 sm:flex-nowrap">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {reason === "trouble" ? <Badge tone="warning">In trouble</Badge> : <StatusChip job={job} />}
          <ProviderName provider={job.provider} />
          <span className="break-all">{job.model ?? "unknown model"}</span>
          <Time
            value={job.observed.endSeenAt ?? job.observed.launchedAt}
            show="relative"
            className="text-small text-muted"
          />
        </p>
        <p className="mt-1 line-clamp-3 break-words">
          {happened} <span className="text-muted">{next}</span>
        </p>
      </div>
      <LinkButton
        href={`/jobs/${job.id}`}
        size="small"
        aria-label={`Open job ${job.providerJobId ?? job.id}`}
      >
        Open job
      </LinkButton>
    </li>
  );
}
