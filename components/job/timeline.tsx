"use client";

import { formatDuration } from "#components/format.ts";
import { classNames } from "#components/ui/class-names.ts";
import { Time } from "#components/ui/time.tsx";
import type { Job } from "#lib/domain/job.ts";
import { turnaroundSecondsOf } from "#lib/domain/turnaround-seconds.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import { observedSteps, reportedSteps, type TimelineState, type TimelineStep } from "./timeline-steps.ts";

/** The job's life in two rows that are never mixed: by the provider's clock, and by ours. */
export function Timeline({ job }: { job: Job }) {
  const turnaroundSeconds = turnaroundSecondsOf(job.reported);
  const clock = `${providerLabels[job.provider]}'s clock`;
  return (
    <div className="flex flex-col gap-5">
      <TimelineRow
        title={clock}
        remark={turnaroundSeconds === null ? null : `Turnaround ${formatDuration(turnaroundSeconds)}`}
        steps={reportedSteps(job)}
        shape="circle"
      />
      <TimelineRow title="Our clock" remark={null} steps={observedSteps(job)} shape="diamond" />
    </div>
  );
}

type TimelineRowProps = {
  title: string;
  remark: string | null;
  steps: readonly TimelineStep[];
  shape: "circle" | "diamond";
};

function TimelineRow({ title, remark, steps, shape }: TimelineRowProps) {
  return (
    <section>
      <h3 className="mb-2 flex flex-wrap items-baseline gap-x-3 text-small">
        <span className="font-medium text-muted">{title}</span>
        {remark && <span className="font-medium">{remark}</span>}
      </h3>
      <ol className="flex flex-col md:flex-row">
        {steps.map((step, index) => (
          <TimelineItem key={step.key} step={step} next={steps[index + 1] ?? null} shape={shape} />
        ))}
      </ol>
    </section>
  );
}

const stateWords: Record<TimelineState, string | null> = {
  reached: null,
  current: null,
  ahead: "not yet",
  missing: "not reported",
  deadline: null,
};

function TimelineItem({
  step,
  next,
  shape,
}: {
  step: TimelineStep;
  next: TimelineStep | null;
  shape: TimelineRowProps["shape"];
}) {
  const isDim = step.state === "ahead" || step.state === "missing" || step.state === "deadline";
  const duration = next?.secondsSincePrevious ?? null;
  return (
    <li
      aria-current={step.state === "current" ? "step" : undefined}
      className={classNames("flex min-w-0 gap-3 md:flex-col md:gap-1.5", next ? "md:flex-1" : "md:pr-2")}
    >
      <div className="flex flex-col items-center md:h-5 md:flex-row">
        <Marker state={step.state} shape={shape} />
        {next && (
          <Connector isReached={next.state === "reached" || next.state === "current"}>
            {duration !== null && formatDuration(duration)}
          </Connector>
        )}
      </div>
      <div className="min-w-0 pb-4 md:pr-3 md:pb-0">
        <p className={isDim ? "text-muted" : "font-medium"}>{step.label}</p>
        <p className="text-small text-muted">
          {step.at ? (
            <>
              <Time value={step.at} precision="second" />
              {step.state === "deadline" && (
                <>
                  , <Time value={step.at} show="relative" />
                </>
              )}
            </>
          ) : (
            stateWords[step.state]
          )}
        </p>
        {duration !== null && (
          <p className="text-small text-muted md:hidden">
            then {formatDuration(duration)} to {next?.label.toLowerCase()}
          </p>
        )}
      </div>
    </li>
  );
}

function Marker({ state, shape }: { state: TimelineState; shape: TimelineRowProps["shape"] }) {
  const looks: Record<TimelineState, string> = {
    reached: "border-ink bg-ink",
    current: "border-in-progress bg-in-progress ring-3 ring-in-progress/25",
    ahead: "border-control border-dashed bg-panel",
    missing: "border-line bg-raised",
    deadline: "border-control bg-panel",
  };
  return (
    <span
      aria-hidden
      className={classNames(
        "m-0.5 size-3 shrink-0 border-2",
        shape === "circle" ? "rounded-full" : "rotate-45 rounded-[1px]",
        looks[state],
      )}
    />
  );
}

function Connector({ isReached, children }: { isReached: boolean; children: React.ReactNode }) {
  const line = classNames("border-control", isReached ? "border-solid" : "border-dashed opacity-60");
  return (
    <>
      <span aria-hidden className={classNames("min-h-4 flex-1 border-l md:hidden", line)} />
      <span className="hidden flex-1 items-center gap-1.5 px-1 md:flex">
        <span aria-hidden className={classNames("flex-1 border-t", line)} />
        {children && (
          <>
            <span className="text-small whitespace-nowrap text-muted">{children}</span>
            <span aria-hidden className={classNames("flex-1 border-t", line)} />
          </>
        )}
      </span>
    </>
  );
}
