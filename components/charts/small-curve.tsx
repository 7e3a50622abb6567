import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { TurnaroundSummary } from "#lib/domain/turnaround-summary.ts";
import { formatDuration, formatPercent, formatQuantity } from "../format.ts";
import { classNames } from "../ui/class-names.ts";
import { drawCurve } from "./curve-geometry.ts";
import { providerMarks } from "./group-marks.ts";
import { smallTimeScale, type SmallTimeScale } from "./small-time-scale.ts";

type SmallCurveProps = {
  provider: ProviderId;
  /** What the curve is of, for its description: "Google, last 7 days". */
  name: string;
  summary: TurnaroundSummary;
  /** Shared by curves that stand beside each other. */
  scale: SmallTimeScale;
  /** Height of the plot: `h-20`. */
  className?: string;
};

/** Share delivered against time, with its band, as a picture that needs no script. */
export function SmallCurve({ provider, name, summary, scale, className }: SmallCurveProps) {
  // Each stands alone, so none needs a dash of its own; dots are left to what is not known yet.
  const { color } = providerMarks[provider];
  const lastSeconds = summary.curve.at(-1)?.seconds ?? 0;
  const shape = drawCurve(
    { curve: summary.curve, censoredAtSeconds: summary.isTailOpen ? [lastSeconds] : [] },
    { x: scale.x, y: (share) => 100 - share * 100, rightPixels: 100 },
  );
  const median = summary.median.seconds;
  const line = { fill: "none", stroke: color, strokeWidth: 2, vectorEffect: "non-scaling-stroke" } as const;
  return (
    <figure role="img" aria-label={describeCurve(name, summary)} className="min-w-0">
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        className={classNames("block w-full overflow-visible border-b border-line", className)}
      >
        {[0, 50].map((y) => (
          <line
            key={y}
            x1={0}
            x2={100}
            y1={y}
            y2={y}
            stroke="var(--line)"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        <path d={shape.band} fill={color} opacity={0.15} data-part="band" />
        <path d={shape.line} {...line} data-part="curve" />
        <path
          d={shape.tail}
          {...line}
          strokeDasharray={shape.isTailOpen ? "1 6" : undefined}
          strokeLinecap={shape.isTailOpen ? "round" : undefined}
          data-part={shape.isTailOpen ? "open-tail" : "final-tail"}
        />
        {median !== null && (
          <line
            x1={scale.x(median)}
            x2={scale.x(median)}
            y1={50}
            y2={100}
            stroke={color}
            strokeDasharray="2 2"
            vectorEffect="non-scaling-stroke"
            data-part="median"
          />
        )}
      </svg>
      <div className="relative mt-0.5 h-4 text-small text-muted">
        {scale.tickSeconds.map((seconds) => (
          <span
            key={seconds}
            className={classNames(
              "absolute whitespace-nowrap",
              scale.x(seconds) > 85 ? "-translate-x-full" : scale.x(seconds) > 10 && "-translate-x-1/2",
            )}
            style={{ left: `${scale.x(seconds)}%` }}
          >
            {seconds === 0 ? "0" : formatDuration(seconds)}
          </span>
        ))}
      </div>
    </figure>
  );
}

/** One axis for all of these curves. */
export function scaleOf(summaries: readonly TurnaroundSummary[]): SmallTimeScale {
  const firsts = summaries.flatMap(({ curve }) => curve.find((point) => point.share > 0)?.seconds ?? []);
  const lasts = summaries.map(({ curve }) => curve.at(-1)?.seconds ?? 0);
  return smallTimeScale(Math.min(Infinity, ...firsts), Math.max(0, ...lasts));
}

/** The curve in words: `Google, last 7 days: half of 120 jobs delivered within 12 min, 97 % after 3.2 h; 4 are open.` */
export function describeCurve(name: string, summary: TurnaroundSummary): string {
  const { jobCount, unfinishedCount, median, curve } = summary;
  if (jobCount === 0) return `${name}: no jobs.`;
  const last = curve.at(-1);
  const reached = last && `${formatPercent(last.share)} after ${formatDuration(last.seconds)}`;
  const open =
    unfinishedCount > 0
      ? `; ${formatQuantity(unfinishedCount, "job")} ${unfinishedCount === 1 ? "is" : "are"} open, so later deliveries are not known yet`
      : "";
  const jobs = formatQuantity(jobCount, "job");
  const half =
    median.seconds === null ? `of ${jobs} ` : `half of ${jobs} within ${formatDuration(median.seconds)}, `;
  return `${name}: delivered ${half}${reached ?? ""}${open}.`;
}
