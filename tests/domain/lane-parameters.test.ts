import { describe, expect, it } from "vitest";
import { laneInputSchema } from "#lib/domain/job-set.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

function problemsOf(provider: ProviderId, parameters: unknown): [field: string, message: string][] {
  const lane = {
    provider,
    model: "a-model",
    jobCount: 1,
    requestsPerJob: 1,
    maxOutputTokens: 2_000,
    parameters,
  };
  const parsed = laneInputSchema.safeParse(lane);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => [path.join("."), message]);
}

const everything = {
  openai: {
    systemPrompt: "Answer briefly.",
    temperature: 0,
    topP: 0.5,
    stopSequences: ["END", "\n"],
    reasoningEffort: "none",
    extra: { seed: 7, response_format: { type: "json_object" } },
  },
  google: {
    systemPrompt: "Answer briefly.",
    temperature: 2,
    topP: 1,
    stopSequences: ["END"],
    thinkingBudgetTokens: -1,
    extra: { generationConfig: { seed: 7, thinkingConfig: { includeThoughts: true } }, labels: { a_b: "c" } },
  },
  anthropic: {
    systemPrompt: "Answer briefly.",
    stopSequences: ["END"],
    reasoningEffort: "max",
    thinkingBudgetTokens: 1_024,
    extra: { metadata: { user_id: "benchmark" } },
  },
} as const;

describe("parameters of a lane", () => {
  it.each(Object.entries(everything))("are taken by %s, all that it has", (provider, parameters) => {
    // The keys of the record above.
    expect(problemsOf(provider as ProviderId, parameters)).toEqual([]);
  });

  it("may be left out", () => {
    const lane = laneInputSchema.parse({ provider: "openai", model: "m", jobCount: 1, requestsPerJob: 1 });
    expect(lane).toMatchObject({ task: "text", parameters: {} });
  });

  it.each<[ProviderId, unknown, string, RegExp]>([
    ["openai", { temperature: 2.1 }, "temperature", /from 0 to 2/],
    ["openai", { temperature: Number.NaN }, "temperature", /from 0 to 2/],
    ["openai", { topP: -0.1 }, "topP", /from 0 to 1/],
    ["openai", { stopSequences: ["a", "b", "c", "d", "e"] }, "stopSequences", /at most 4/],
    ["openai", { stopSequences: [""] }, "stopSequences.0", /leave it out/],
    ["openai", { thinkingBudgetTokens: 5 }, "thinkingBudgetTokens", /Choose a reasoning effort/],
    ["google", { reasoningEffort: "max" }, "reasoningEffort", /minimal, low, medium, high/],
    ["google", { reasoningEffort: "low", thinkingBudgetTokens: 5 }, "thinkingBudgetTokens", /not both/],
    ["anthropic", { temperature: 1 }, "temperature", /takes no temperature/],
    ["anthropic", { topP: 1 }, "topP", /takes no top p/],
    ["anthropic", { thinkingBudgetTokens: 1_000 }, "thinkingBudgetTokens", /at least 1,024/],
    ["anthropic", { thinkingBudgetTokens: 2_000 }, "thinkingBudgetTokens", /below the max output tokens/],
    ["anthropic", { thinkingBudgetTokens: 1_500.5 }, "thinkingBudgetTokens", /whole number/],
    ["google", { systemPrompt: "\0" }, "systemPrompt", /no text/],
    ["google", { systemPrompt: "x".repeat(20_001) }, "systemPrompt", /20,000 characters/],
    ["openai", { temprature: 1 }, "", /no parameter temprature/],
    ["openai", "hot", "", /JSON object/],
  ])("of %s that cannot be sent are refused at their field: %j", (provider, parameters, field, message) => {
    const [problem] = problemsOf(provider, parameters);
    expect(problem?.[0]).toBe(["parameters", field].filter(Boolean).join("."));
    expect(problem?.[1]).toMatch(message);
  });
});

describe("further fields of a request", () => {
  it.each<[ProviderId, object, RegExp]>([
    ["openai", { model: "other" }, /"model": it is chosen in the lane/],
    ["openai", { messages: [] }, /"messages": the prompts/],
    ["openai", { stream: true }, /cannot stream/],
    ["openai", { max_tokens: 5 }, /chosen in the lane/],
    ["openai", { n: 3 }, /one answer/],
    ["openai", { temperature: 1 }, /field of its own/],
    ["google", { contents: [] }, /the prompts/],
    ["google", { generation_config: {} }, /camel case.*: generationConfig/],
    ["google", { generationConfig: { temperature: 1 } }, /"generationConfig.temperature"/],
    ["google", { generationConfig: { max_output_tokens: 1 } }, /camel case.*: maxOutputTokens/],
    ["google", { generationConfig: { thinkingConfig: { thinkingBudget: 1 } } }, /field of its own/],
    ["google", { generationConfig: 5 }, /is a JSON object/],
    ["anthropic", { system: "x" }, /field of its own/],
    ["anthropic", { top_k: 5 }, /refuses it/],
    ["anthropic", { output_config: { effort: "low" } }, /field of its own/],
    ["openai", { seed: Number.POSITIVE_INFINITY }, /does not have/],
    ["openai", { seed: new Date(0) }, /does not have/],
    ["openai", { user: "\uD800" }, /no text/],
    ["openai", { user: "x".repeat(20_000) }, /20,000 characters/],
  ])("of %s are refused where they are not theirs to set (%#)", (provider, extra, message) => {
    const [problem] = problemsOf(provider, { extra });
    expect(problem?.[0]).toBe("parameters.extra");
    expect(problem?.[1]).toMatch(message);
  });

  it("are no list, and not nested without end", () => {
    expect(problemsOf("openai", { extra: [1] })[0]?.[1]).toMatch(/JSON object/);
    let nested: object = {};
    for (let depth = 0; depth < 30; depth += 1) nested = { nested };
    expect(problemsOf("openai", { extra: nested })[0]?.[1]).toMatch(/20 deep/);
  });

  it("and the thinking budget do not both say how Anthropic thinks", () => {
    const extra = { thinking: { type: "adaptive" } };
    expect(problemsOf("anthropic", { extra })).toEqual([]);
    const [problem] = problemsOf("anthropic", { extra, thinkingBudgetTokens: 1_024 });
    expect(problem).toEqual(["parameters.extra", expect.stringContaining('Leave out "thinking"')]);
  });
});
