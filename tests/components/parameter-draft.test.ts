import { expect, it } from "vitest";
import {
  noParameters,
  offeredFields,
  parameterDraftOf,
  typedParameters,
} from "#components/launch/parameter-draft.ts";
import { laneParametersSchema } from "#lib/domain/lane-parameters.ts";
import { parameterWords } from "#components/parameter-words.ts";

const typed = {
  systemPrompt: " Answer briefly. ",
  temperature: "0.2",
  topP: "",
  stopSequences: "END\n\\n\\nQ:",
  reasoningEffort: "low",
  thinkingBudgetTokens: "2,048",
  extra: '{"seed": 7}',
};

it("reads what was typed, leaves out what was not, and comes back as it was", () => {
  const parameters = typedParameters(typed, "openai");
  expect(parameters).toEqual({
    systemPrompt: "Answer briefly.",
    temperature: 0.2,
    stopSequences: ["END", "\n\nQ:"],
    reasoningEffort: "low",
    extra: { seed: 7 },
  });
  const again = parameterDraftOf(laneParametersSchema.parse(parameters));
  expect(typedParameters(again, "openai")).toEqual(parameters);
  expect(parameterDraftOf({})).toEqual(noParameters);
});

it("does not send to a provider what it does not have", () => {
  expect(offeredFields("anthropic")).not.toContain("temperature");
  expect(typedParameters(typed, "anthropic")).toMatchObject({ thinkingBudgetTokens: 2_048 });
  expect(typedParameters(typed, "anthropic")).not.toHaveProperty("temperature");
});

it("passes on what cannot be read, so that it is refused and not lost", () => {
  expect(typedParameters({ ...noParameters, temperature: "hot", extra: "{" }, "openai")).toEqual({
    temperature: Number.NaN,
    extra: "{",
  });
});

it("says in words what is set", () => {
  expect(parameterWords({})).toEqual([]);
  expect(
    parameterWords({
      systemPrompt: "Hi.",
      temperature: 0,
      stopSequences: ["a"],
      thinkingBudgetTokens: 0,
      extra: { seed: 7 },
    }),
  ).toEqual(["system prompt of 3 characters", "temperature 0", "1 stop sequence", "thinking off", "seed"]);
});
