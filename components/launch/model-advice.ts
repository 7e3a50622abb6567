import { formatDay } from "#components/format.ts";
import { suggestedModels, type ModelInfo } from "#lib/domain/model.ts";
import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";

export type ModelAdvice = {
  message: string;
  suggestion: string | null;
  /** The jobs will probably fail. */
  isSerious: boolean;
};

/** What to say below the chosen model: retired, ending, not for batches, or not in the account's list. Null: all well. */
export function adviseModel(
  provider: ProviderId,
  model: string,
  models: readonly ModelInfo[],
): ModelAdvice | null {
  const chosen = model.trim();
  if (chosen === "" || models.length === 0) return null;
  const suggestion = suggestionFor(provider, chosen, models);
  const known = models.find((candidate) => candidate.id === chosen);
  if (!known) {
    return {
      message: `This account's list has no ${chosen}. ${providerLabels[provider]} may refuse it.`,
      suggestion,
      isSerious: true,
    };
  }
  if (known.isRetired) {
    const since = known.retiresOn ? ` since ${formatDay(known.retiresOn)}` : "";
    return { message: `Retired${since}: jobs with this model fail.`, suggestion, isSerious: true };
  }
  if (known.supportsBatch === false) {
    return {
      message: `${providerLabels[provider]} does not offer this model in batches.`,
      suggestion,
      isSerious: true,
    };
  }
  if (known.retiresOn)
    return { message: `Retires on ${formatDay(known.retiresOn)}.`, suggestion, isSerious: false };
  return null;
}

/** Models in the order of the account's list, retired ones and those without batches last. */
export function orderModels(models: readonly ModelInfo[]): ModelInfo[] {
  const rank = (model: ModelInfo) => (model.isRetired ? 2 : model.supportsBatch === false ? 1 : 0);
  return models.toSorted((left, right) => rank(left) - rank(right));
}

/** What a list entry says beside its name. */
export function modelRemark(provider: ProviderId, model: ModelInfo): string | null {
  if (model.isRetired) return model.retiresOn ? `retired ${formatDay(model.retiresOn)}` : "retired";
  if (model.supportsBatch === false) return "not in batches";
  if (model.retiresOn) return `until ${formatDay(model.retiresOn)}`;
  return model.id === suggestedModels[provider] ? "suggested" : null;
}

/** The current inexpensive model, unless it is chosen already or the account does not have it. */
function suggestionFor(provider: ProviderId, chosen: string, models: readonly ModelInfo[]): string | null {
  const suggested = models.find((model) => model.id === suggestedModels[provider] && !model.isRetired);
  return suggested && suggested.id !== chosen ? suggested.id : null;
}
