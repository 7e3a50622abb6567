import { describe, expect, it } from "vitest";
import { adviseModel, modelRemark, orderModels } from "#components/launch/model-advice.ts";
import { suggestedModels, type ModelInfo } from "#lib/domain/model.ts";

function model(id: string, change: Partial<ModelInfo> = {}): ModelInfo {
  return { id, displayName: null, retiresOn: null, isRetired: false, supportsBatch: true, ...change };
}

const suggested = model(suggestedModels.openai);
const retired = model("old", { isRetired: true, retiresOn: "2026-10-22" });

describe("advice on the chosen model", () => {
  it("names the date of a retired model and suggests one that the account has", () => {
    expect(adviseModel("openai", "old", [retired, suggested])).toEqual({
      message: "Retired since 22 October 2026: jobs with this model fail.",
      suggestion: suggested.id,
      isSerious: true,
    });
  });

  it("suggests nothing that the account does not have", () => {
    expect(adviseModel("openai", "old", [retired])?.suggestion).toBeNull();
  });

  it("warns of a model that ends, is not for batches, or is not in the list", () => {
    const models = [
      model("ending", { retiresOn: "2027-01-14" }),
      model("live", { supportsBatch: false }),
      suggested,
    ];
    expect(adviseModel("openai", "ending", models)).toMatchObject({
      message: "Retires on 14 January 2027.",
      isSerious: false,
    });
    expect(adviseModel("openai", "live", models)?.message).toContain("does not offer this model in batches");
    expect(adviseModel("openai", "typo", models)?.message).toContain("no typo");
  });

  it("is silent when all is well, and while the list is unknown", () => {
    expect(adviseModel("openai", suggested.id, [suggested])).toBeNull();
    expect(adviseModel("openai", "anything", [])).toBeNull();
  });

  it("lists retired models last and says so", () => {
    expect(
      orderModels([retired, model("live", { supportsBatch: false }), suggested]).map(({ id }) => id),
    ).toEqual([suggested.id, "live", "old"]);
    expect(modelRemark("openai", retired)).toBe("retired 22 October 2026");
    expect(modelRemark("openai", suggested)).toBe("suggested");
  });
});
