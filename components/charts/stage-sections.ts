import type { ComparisonStages } from "#lib/domain/comparison.ts";
import type { BoxSection } from "./box-rows.ts";
import type { ChartGroup } from "./chart-groups.ts";

const stages: { key: keyof ComparisonStages; title: string }[] = [
  { key: "waiting", title: "Waiting: created → started" },
  { key: "running", title: "Running: started → finalizing, or ended" },
  { key: "finalizing", title: "Finalizing → ended" },
  { key: "detectionLag", title: "Seen by us after the end (not turnaround)" },
];

/** Where the time goes: a section a stage, leaving out stages that no provider tells. */
export function stageSections(groups: readonly ChartGroup[]): BoxSection[] {
  return stages
    .map(({ key, title }) => ({
      key,
      title,
      rows: groups.map((chartGroup) => ({ chartGroup, box: chartGroup.group.stages[key] })),
    }))
    .filter(({ rows }) => rows.some(({ box }) => box !== null));
}
