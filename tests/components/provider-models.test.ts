import { describe, expect, it } from "vitest";
import { describeModels, matchingModels } from "#components/providers/model-list.tsx";
import type { ModelInfo } from "#lib/domain/model.ts";

const model = (id: string, change: Partial<ModelInfo> = {}): ModelInfo => ({
  id,
  displayName: null,
  retiresOn: null,
  isRetired: false,
  supportsBatch: null,
  ...change,
});

const models = [
  model("old-large", { isRetired: true, retiresOn: "2026-01-05" }),
  model("large", { displayName: "Large of Autumn" }),
  model("small"),
];

describe("the models of an account", () => {
  it("are found by id or name in any case, retired ones last", () => {
    expect(matchingModels(models, "").map(({ id }) => id)).toEqual(["large", "small", "old-large"]);
    expect(matchingModels(models, " LARGE ").map(({ id }) => id)).toEqual(["large", "old-large"]);
    expect(matchingModels(models, "autumn").map(({ id }) => id)).toEqual(["large"]);
    expect(matchingModels(models, "nowhere")).toEqual([]);
  });

  it("are counted with the retired ones among them", () => {
    expect(describeModels(models)).toBe("3 models, 1 of them retired");
    expect(describeModels(models.slice(1))).toBe("2 models");
  });
});
