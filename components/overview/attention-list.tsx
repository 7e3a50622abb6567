"use client";

import { CircleCheck, ClockAlert, Hourglass } from "lucide-react";
import type { ReactNode } from "react";
import type { AttentionItem } from "#lib/domain/overview.ts";
import { StatusChip } from "../jobs/status-chip.tsx";
import { useNow } from "../layout/use-now.ts";
import { ProviderName } from "../provider-name.tsx";
import { Badge } from "../ui/badge.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { LinkButton } from "../ui/link-button.tsx";
import { TextLink } from "../ui/text-link.tsx";
import { Time } from "../ui/time.tsx";
import { formatNumber } from "../format.ts";
import { adviceFor } from "./attention-advice.ts";
import { CheckNowButton } from "./check-now-button.tsx";

type AttentionListProps = {
  attention: readonly AttentionItem[];
  /** How many need somebody in all. */
  count: number;
  /** Where all of them are listed. */
  href: string;
};

/** Jobs that need somebody, the most urgent first, each with what happened and the next step. */
export function AttentionList({ attention, count, href }: AttentionListProps) {
  const now = useNow(60);
  if (attention.length === 0) {
    return (
      <EmptyState icon={<CircleCheck aria-hidden />} title="Nothing needs attention" isSmall>
        Failed, partial and timed-out jobs appear here for a day; jobs in trouble, unusually slow ones and
        those that are about to lose something for as long as it lasts.
      </EmptyState>
    );
  }
  return (
    <>
      <ul>
        {attention.map((item) => (
          <AttentionRow key={item.job.id} item={item} now={now} />
        ))}
      </ul>
      {count > attention.length && (
        <p className="border-t border-line px-4 py-2 text-small">
          <span className="text-muted">
            The {attention.length} most urgent of {formatNumber(count)}.{" "}
          </span>
          <TextLink href={href} className="underline">
            Show all {formatNumber(count)} in Jobs
          </TextLink>
        </p>
      )}
    </>
  );
}

function AttentionRow({ item, now }: { item: AttentionItem; now: Date }) {
  const { job, deadline } = item;
  const { happened, until, next } = adviceFor(item, now);
  const isOver = deadline !== null && deadline.at <= now;
  return (
    <li className="border-b border-line px-4 py-2.5 last:border-b-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <ReasonChip item={item} />
          <ProviderName provider={job.provider} />
          <span className="break-all">{job.model ?? "unknown model"}</span>
          {job.jobSetId && job.jobSetName && (
            <TextLink href={`/job-sets/${job.jobSetId}`} className="max-w-60 truncate text-small">
              {job.jobSetName}
            </TextLink>
          )}
          <span className="text-small text-muted">
            <LastMoment job={job} />
          </span>
        </p>
        <NextSteps item={item} />
      </div>
      <p className="mt-1 line-clamp-4 break-words sm:line-clamp-3">
        {happened}{" "}
        {deadline && until && (
          <>
            {until}
            {isOver ? ", due " : " "}
            <Time value={deadline.at} show="both" />.{" "}
          </>
        )}
        <span className="text-muted">{next}</span>
      </p>
    </li>
  );
}

/** A job that was not launched here came here at what counts as its launch: its own beginning is the provider's. */
export function LastMoment({ job: { observed, reported, origin } }: Pick<AttentionItem, "job">) {
  const isOurs = origin === "launched";
  const endedAt = isOurs ? observed.endSeenAt : (reported.endedAt ?? observed.endSeenAt);
  if (endedAt) return <Moment word="ended" at={endedAt} />;
  if (isOurs) return <Moment word="launched" at={observed.launchedAt} />;
  return reported.createdAt ? (
    <Moment word="created" at={reported.createdAt} />
  ) : (
    <Moment word="imported" at={observed.launchedAt} />
  );
}

function Moment({ word, at }: { word: string; at: Date }) {
  return (
    <>
      {word} <Time value={at} show="relative" />
    </>
  );
}

function ReasonChip({ item: { job, reason } }: { item: AttentionItem }): ReactNode {
  switch (reason) {
    case "results_expiring":
      return (
        <Badge tone="failed" icon={<ClockAlert aria-hidden />}>
          Results about to be deleted
        </Badge>
      );
    case "window_ending":
      return (
        <Badge tone="warning" icon={<ClockAlert aria-hidden />}>
          Near its end
        </Badge>
      );
    case "stuck":
      return (
        <Badge tone="warning" icon={<Hourglass aria-hidden />}>
          Unusually slow
        </Badge>
      );
    case "trouble":
      return <Badge tone="warning">In trouble</Badge>;
    default:
      return <StatusChip job={job} />;
  }
}

/** What does the next step, and the job itself. */
function NextSteps({ item: { job, reason } }: { item: AttentionItem }) {
  const name = job.providerJobId ?? job.id;
  const canCheck = job.step !== "done" && ["results_expiring", "trouble", "stuck"].includes(reason);
  const canLaunchAgain = job.jobSetId !== null && (reason === "timed_out" || reason === "failed");
  const hasErrors = reason === "partial" || reason === "no_success";
  const errorsHref = `/jobs/${job.id}${reason === "partial" && (job.counts.failed ?? 0) > 0 ? "?outcome=failed" : ""}`;
  return (
    <div data-print="hide" className="flex shrink-0 flex-wrap gap-2">
      {canCheck && <CheckNowButton jobId={job.id} name={name} />}
      {canLaunchAgain && (
        <LinkButton
          href={`/launch?set=${job.jobSetId}`}
          size="small"
          aria-label={`Launch again the set of job ${name}`}
        >
          Launch again
        </LinkButton>
      )}
      <LinkButton
        href={errorsHref}
        size="small"
        aria-label={hasErrors ? `See errors of job ${name}` : `Open job ${name}`}
      >
        {hasErrors ? "See errors" : "Open job"}
      </LinkButton>
    </div>
  );
}
