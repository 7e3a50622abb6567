"use client";

import type { ChartGroup } from "./chart-groups.ts";
import { LineSample } from "./group-name.tsx";

type CurveLegendProps = {
  groups: readonly ChartGroup[];
  shown: ReadonlySet<string>;
  onShown: (keys: string[]) => void;
};

/** Each group's colour, dash and marker; a press hides or shows it in every chart of the page. */
export function CurveLegend({ groups, shown, onShown }: CurveLegendProps) {
  const toggle = (key: string) =>
    onShown(groups.map((group) => group.key).filter((other) => shown.has(other) !== (other === key)));
  return (
    <div
      role="group"
      aria-label="Groups that are shown"
      className="flex max-h-34 flex-wrap gap-1.5 overflow-y-auto"
    >
      {groups.map(({ key, label, mark }) => (
        <button
          key={key}
          type="button"
          data-print="keep"
          aria-pressed={shown.has(key)}
          onClick={() => toggle(key)}
          className="inline-flex min-h-7 max-w-full items-center gap-2 rounded border border-line bg-panel px-2 py-0.5 text-left text-small text-muted line-through hover:bg-raised aria-pressed:text-ink aria-pressed:no-underline"
        >
          <LineSample mark={mark} />
          {label}
        </button>
      ))}
    </div>
  );
}

/** What the signs of the large chart mean. */
export function CurveSigns() {
  return (
    <p className="flex flex-wrap gap-x-4 text-small text-muted">
      <span>Band: 95 % interval</span>
      <span>
        <span aria-hidden>◯ </span>ring: half of the jobs
      </span>
      <span>
        <span aria-hidden>| </span>tick: jobs still open, or cancelled, at this age
      </span>
      <span>
        <span aria-hidden>··· </span>dotted end: not known yet
      </span>
    </p>
  );
}
