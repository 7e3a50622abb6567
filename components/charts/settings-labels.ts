import { formatQuantity } from "#components/format.ts";
import { parameterWords } from "#components/parameter-words.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";

export type SettingsLabel = {
  label: string;
  /** Without the model where all groups of the provider have the same one. */
  shortLabel: string;
};

/**
 * The names of groups by model and settings: `gpt-4o-mini, temperature 0.2`. The most output tokens are named only where
 * they differ within a model, and groups that still read alike (long system prompts with one beginning) are numbered.
 */
export function settingsLabelsOf(groups: readonly ComparisonGroup[]): SettingsLabel[] {
  const labels = groups.map((group) => ({ provider: group.provider, ...labelOf(group, groups) }));
  return labels.map(({ provider, label, shortLabel }, index) => {
    const before = labels
      .slice(0, index)
      .filter((other) => other.provider === provider && other.label === label).length;
    const number = before === 0 ? "" : ` (${before + 1})`;
    return { label: `${label}${number}`, shortLabel: `${shortLabel}${number}` };
  });
}

function labelOf(group: ComparisonGroup, groups: readonly ComparisonGroup[]): SettingsLabel {
  const model = modelOf(group);
  const ofProvider = groups.filter(({ provider }) => provider === group.provider);
  const ofModel = ofProvider.filter((other) => modelOf(other) === model);
  const words = wordsOf(group, ofModel);
  const label = `${model}, ${words}`;
  return { label, shortLabel: ofModel.length === ofProvider.length ? words : label };
}

function wordsOf({ settings }: ComparisonGroup, ofModel: readonly ComparisonGroup[]): string {
  if (!settings) return "settings unknown";
  const { systemPrompt, ...others } = settings.parameters;
  const limits = new Set(ofModel.flatMap((other) => other.settings?.maxOutputTokens ?? []));
  const words = [
    ...parameterWords(others),
    ...(systemPrompt === undefined ? [] : [`system prompt “${systemPrompt}”`]),
    ...(limits.size > 1 ? [`at most ${formatQuantity(settings.maxOutputTokens, "token")}`] : []),
  ];
  return words.length > 0 ? words.join(", ") : "the provider's own settings";
}

/** The value is the model and then the id of the settings. */
function modelOf({ value }: ComparisonGroup): string {
  const model = value?.slice(0, value.lastIndexOf(" ")) ?? "unknown";
  return model === "unknown" ? "unknown model" : model;
}
