import { expect, it } from "vitest";
import { settingsLabelsOf } from "#components/charts/settings-labels.ts";
import type { LaneSettings } from "#lib/domain/comparison.ts";
import { comparisonGroup } from "./comparison-group.ts";

const group = (settings: LaneSettings | null, value = "gpt-4o-mini 0123456789ab") =>
  comparisonGroup({ value, settings });
const of = (parameters: LaneSettings["parameters"], maxOutputTokens = 1_024): LaneSettings => ({
  parameters,
  maxOutputTokens,
});
const labelsOf = (groups: Parameters<typeof settingsLabelsOf>[0]) =>
  settingsLabelsOf(groups).map(({ label }) => label);

it("names groups by what their lanes ask for", () => {
  const labels = labelsOf([
    group(of({ temperature: 0.2, systemPrompt: "Answer briefly." })),
    group(of({})),
    group(null, "gpt-4o-mini unknown"),
  ]);
  expect(labels).toEqual([
    "gpt-4o-mini, temperature 0.2, system prompt “Answer briefly.”",
    "gpt-4o-mini, the provider's own settings",
    "gpt-4o-mini, settings unknown",
  ]);
});

it("names the most output tokens only where they differ within a model", () => {
  const labels = labelsOf([
    group(of({}, 64)),
    group(of({ temperature: 1 })),
    group(of({}, 64), "gpt-5 0123456789ab"),
  ]);
  expect(labels).toEqual([
    "gpt-4o-mini, at most 64 tokens",
    "gpt-4o-mini, temperature 1, at most 1,024 tokens",
    "gpt-5, the provider's own settings",
  ]);
});

it("numbers groups that read alike", () => {
  const prompt = of({ systemPrompt: "You are a careful…" });
  expect(labelsOf([group(prompt), group(prompt)])).toEqual([
    "gpt-4o-mini, system prompt “You are a careful…”",
    "gpt-4o-mini, system prompt “You are a careful…” (2)",
  ]);
});

it("leaves the model out of short names where a provider has only one", () => {
  const groups = [
    group(of({ temperature: 1 })),
    group(of({})),
    comparisonGroup({ ...group(of({})), provider: "google" }),
  ];
  expect(settingsLabelsOf(groups).map(({ shortLabel }) => shortLabel)).toEqual([
    "temperature 1",
    "the provider's own settings",
    "the provider's own settings",
  ]);
  const other = group(of({}), "gpt-5 0123456789ab");
  expect(settingsLabelsOf([...groups, other]).map(({ shortLabel }) => shortLabel)).toContain(
    "gpt-5, the provider's own settings",
  );
});
