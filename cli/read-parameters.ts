import {
  findParameterProblems,
  laneParametersSchema,
  type LaneParameters,
} from "#lib/domain/lane-parameters.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { UsageError } from "./usage-error.ts";

/** The value of `--parameters`, checked against what the provider takes. Throws `UsageError` that says what is wrong. */
export function readParameters(
  text: string | undefined,
  provider: ProviderId | null,
  maxOutputTokens: number,
): LaneParameters {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`--parameters is not JSON. Write for example '{"systemPrompt":"Answer briefly."}'.`);
  }
  const parsed = laneParametersSchema.safeParse(value);
  if (!parsed.success) throw new UsageError(`--parameters: ${parsed.error.issues[0]?.message ?? "wrong"}`);
  const [problem] = provider
    ? findParameterProblems({ provider, parameters: parsed.data, maxOutputTokens })
    : [];
  if (problem) throw new UsageError(`--parameters: ${problem.message}`);
  return parsed.data;
}
