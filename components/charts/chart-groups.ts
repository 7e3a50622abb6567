import type { ComparisonGrouping } from "#lib/domain/comparison-filter.ts";
import type { Comparison, ComparisonGroup } from "#lib/domain/comparison.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import { settingsLabelsOf } from "./settings-labels.ts";
import { groupMark, type GroupMark } from "./group-marks.ts";

/** A group of a comparison with its name and mark. */
export type ChartGroup = {
  key: string;
  /** "OpenAI", or "OpenAI, gpt-4o-mini". */
  label: string;
  /** What fits at the end of a line: without the provider where the colour says it. */
  shortLabel: string;
  mark: GroupMark;
  group: ComparisonGroup;
};

/** More curves than this cannot be told apart; the groups with the most jobs are shown until others are chosen. */
export const mostShownAtFirst = 8;

/** The groups in the order of the comparison; a group keeps its mark whatever else is shown or hidden. */
export function chartGroupsOf({ groups, groupBy }: Pick<Comparison, "groups" | "groupBy">): ChartGroup[] {
  const settingsLabels = groupBy === "settings" ? settingsLabelsOf(groups) : null;
  return groups.map((group, position) => {
    const index = groups.slice(0, position).filter(({ provider }) => provider === group.provider).length;
    const settingsLabel = settingsLabels?.[position];
    const valueLabel =
      settingsLabel?.label ?? (group.value === null ? null : groupValueLabel(groupBy, group.value));
    const provider = providerLabels[group.provider];
    return {
      key: group.key,
      label: valueLabel === null ? provider : `${provider}, ${valueLabel}`,
      shortLabel: settingsLabel?.shortLabel ?? valueLabel ?? provider,
      mark: groupMark(group.provider, index),
      group,
    };
  });
}

/** The keys that are shown: those that were chosen, else the largest groups that can be drawn. */
export function shownKeysOf(groups: readonly ChartGroup[], chosen: readonly string[] | null): Set<string> {
  const drawable = groups.filter(({ group }) => isDrawable(group));
  if (chosen !== null) return new Set(chosen.filter((key) => drawable.some((group) => group.key === key)));
  const largest = drawable
    .toSorted((left, right) => right.group.jobCount - left.group.jobCount)
    .slice(0, mostShownAtFirst);
  return new Set(largest.map(({ key }) => key));
}

/** False while nothing is known of any job's turnaround. */
export function isDrawable(group: ComparisonGroup): boolean {
  return group.jobCount > group.excludedCount;
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** The name of weekday 1 (Monday) to 7; any other word as it is. */
export function weekdayName(weekday: number | string): string {
  return weekdays[Number(weekday) - 1] ?? String(weekday);
}

/** `14:00–15:00 UTC`, `Monday`, `11–100 requests`; a model or task as it is. */
function groupValueLabel(groupBy: ComparisonGrouping, value: string): string {
  if (value === "unknown") return groupBy === "provider" ? value : `unknown ${groupBy}`;
  switch (groupBy) {
    case "hour":
      return `${value.padStart(2, "0")}:00 UTC`;
    case "weekday":
      return weekdayName(value);
    case "size":
      return jobSizeLabel(value);
    default:
      return value;
  }
}

/** `1 request`, `11–100 requests`, `10,001+ requests`; "unknown size" for a job of unknown size. */
export function jobSizeLabel(size: string): string {
  if (size === "unknown") return "unknown size";
  const written = size.replaceAll(/\d+/g, (digits) => Number(digits).toLocaleString("en-US"));
  return `${written.replace("-", "–")} ${size === "1" ? "request" : "requests"}`;
}
