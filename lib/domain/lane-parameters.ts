import * as z from "zod/mini";
import type { FieldProblem } from "./errors.ts";
import { groupThousands } from "./group-thousands.ts";
import {
  offeredParameters,
  parameterLimits,
  reasoningEfforts,
  type OfferedParameters,
} from "./offered-parameters.ts";
import { providerLabels, type ProviderId } from "./provider-id.ts";
import { findReservedField } from "./reserved-request-fields.ts";
import { findUnstorable, type JsonObject } from "./storable-json.ts";

const text = (name: string, maximum: number) =>
  z.string().check(
    z.minLength(1, { error: `Enter ${name}, or leave it out.` }),
    z.maxLength(maximum, {
      error: `Enter at most ${groupThousands(maximum)} characters for ${name}.`,
    }),
    z.refine((value) => findUnstorable(value) === null, {
      error: `Take the characters that are no text out of ${name}.`,
    }),
  );

const numberBetween = (name: string, minimum: number, maximum: number) => {
  const error = `Enter ${name} as a number from ${minimum} to ${groupThousands(maximum)}.`;
  return z.number({ error }).check(z.minimum(minimum, { error }), z.maximum(maximum, { error }));
};

/** What goes into every request of a lane beside its prompt; all of it optional. */
export const laneParametersSchema = z.strictObject(
  {
    systemPrompt: z.optional(text("the system prompt", parameterLimits.systemPromptLength)),
    temperature: z.optional(numberBetween("the temperature", 0, parameterLimits.temperature)),
    topP: z.optional(numberBetween("top p", 0, 1)),
    stopSequences: z.optional(
      z
        .array(text("a stop sequence", parameterLimits.stopSequenceLength))
        .check(
          z.minLength(1, { error: "Enter a stop sequence, or leave them out." }),
          z.maxLength(16, { error: "Enter fewer stop sequences." }),
        ),
    ),
    reasoningEffort: z.optional(
      z.enum(reasoningEfforts, { error: `Choose a reasoning effort: ${reasoningEfforts.join(", ")}.` }),
    ),
    thinkingBudgetTokens: z.optional(
      numberBetween("the thinking budget", -1, parameterLimits.thinkingBudgetTokens).check(
        z.int({ error: "Enter the thinking budget as a whole number of tokens." }),
      ),
    ),
    /** Further fields of the provider's own request body, as it spells them. */
    extra: z.optional(
      z.pipe(
        z
          .record(z.string(), z.unknown(), {
            error: 'Enter other parameters as a JSON object, for example {"seed": 7}.',
          })
          .check(
            z.superRefine((extra, context) => {
              const message = problemOfExtra(extra);
              if (message) context.addIssue({ code: "custom", message });
            }),
          ),
        // `problemOfExtra` has found only values of JSON.
        z.transform((extra) => extra as JsonObject),
      ),
    ),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `There is no parameter ${issue.keys.join(", ")}. Fields of the provider's own go into "extra".`
        : "Enter the parameters as a JSON object.",
  },
);
export type LaneParameters = z.infer<typeof laneParametersSchema>;

function problemOfExtra(extra: Record<string, unknown>): string | null {
  const unstorable = findUnstorable(extra);
  if (unstorable) return `Other parameters: ${unstorable}`;
  return JSON.stringify(extra).length > parameterLimits.extraLength
    ? `Other parameters have at most ${groupThousands(parameterLimits.extraLength)} characters.`
    : null;
}

type ParameterisedLane = { provider: ProviderId; parameters: LaneParameters; maxOutputTokens: number };

/** What a lane's provider would refuse of its parameters; `field` is the name inside `parameters`. */
export function findParameterProblems({
  provider,
  parameters,
  maxOutputTokens,
}: ParameterisedLane): FieldProblem[] {
  const offered = offeredParameters[provider];
  const name = providerLabels[provider];
  const { stopSequences, reasoningEffort, thinkingBudgetTokens, extra } = parameters;
  const problems: (FieldProblem | null)[] = [
    parameters.temperature === undefined || offered.temperature
      ? null
      : { field: "temperature", message: `${name} takes no temperature in its batches. Leave it out.` },
    parameters.topP === undefined || offered.topP
      ? null
      : { field: "topP", message: `${name} takes no top p in its batches. Leave it out.` },
    stopSequences === undefined || stopSequences.length <= offered.stopSequences
      ? null
      : { field: "stopSequences", message: `${name} takes at most ${offered.stopSequences} stop sequences.` },
    reasoningEffort === undefined || offered.reasoningEfforts.includes(reasoningEffort)
      ? null
      : {
          field: "reasoningEffort",
          message: `${name} knows the reasoning efforts ${offered.reasoningEfforts.join(", ")}.`,
        },
    problemOfBudget(name, offered, thinkingBudgetTokens, maxOutputTokens),
    reasoningEffort !== undefined && thinkingBudgetTokens !== undefined && provider === "google"
      ? {
          field: "thinkingBudgetTokens",
          message: "Google takes a reasoning effort or a thinking budget, not both.",
        }
      : null,
    problemOfReserved(provider, extra, thinkingBudgetTokens),
  ];
  return problems.filter((problem) => problem !== null);
}

function problemOfBudget(
  name: string,
  { thinkingBudget }: OfferedParameters,
  tokens: number | undefined,
  maxOutputTokens: number,
): FieldProblem | null {
  const field = "thinkingBudgetTokens";
  if (tokens === undefined) return null;
  if (!thinkingBudget)
    return { field, message: `${name} takes no thinking budget. Choose a reasoning effort.` };
  if (thinkingBudget.special.includes(tokens)) return null;
  if (tokens < thinkingBudget.minimum) {
    const minimum = groupThousands(thinkingBudget.minimum);
    return {
      field,
      message: `Enter at least ${minimum} for the thinking budget; ${thinkingBudget.meaning}.`,
    };
  }
  return tokens < maxOutputTokens
    ? null
    : { field, message: "Thinking counts as output: enter a budget below the max output tokens." };
}

function problemOfReserved(
  provider: ProviderId,
  extra: JsonObject | undefined,
  thinkingBudgetTokens: number | undefined,
): FieldProblem | null {
  if (!extra) return null;
  const message = findReservedField(provider, extra);
  if (message) return { field: "extra", message };
  return provider === "anthropic" && thinkingBudgetTokens !== undefined && "thinking" in extra
    ? { field: "extra", message: 'Leave out "thinking" here, or the thinking budget in its own field.' }
    : null;
}
