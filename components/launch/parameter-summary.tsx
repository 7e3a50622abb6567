import { parameterWords } from "#components/parameter-words.ts";
import { laneParametersSchema } from "#lib/domain/lane-parameters.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { typedParameters, type ParameterDraft } from "./parameter-draft.ts";

/** What is typed into the parameters of a lane, in a few words. */
export function ParameterSummary({ draft, provider }: { draft: ParameterDraft; provider: ProviderId }) {
  const typed = typedParameters(draft, provider);
  const parsed = laneParametersSchema.safeParse(typed);
  return parsed.success ? parameterWords(parsed.data).join(", ") : `${Object.keys(typed).length} set`;
}
