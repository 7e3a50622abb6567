import { expect, it } from "vitest";
import { adviseOnErrorKind } from "#components/job/error-advice.ts";

const advise = (code: string | null, message: string | null) =>
  adviseOnErrorKind("openai", { outcome: "failed", code, message });

it.each([
  ["context_length_exceeded", "This model's maximum context length is 128000 tokens.", "Shorten it"],
  ["content_policy_violation", "Your request was rejected by our safety system.", "Change the prompt"],
  ["server_error", "The server had an error.", "Launch these requests again"],
  ["rate_limit_exceeded", "Rate limit reached.", "at its limit"],
  ["model_not_found", "The model `gpt-1` does not exist.", "Choose a model"],
  ["invalid_value", "Invalid value for temperature.", "Check the parameters"],
])("knows what to do about %s", (code, message, advice) => {
  expect(advise(code, message)).toContain(advice);
});

it("explains outcomes that have no message", () => {
  expect(adviseOnErrorKind("google", { outcome: "expired", code: null, message: null })).toContain(
    "time was over",
  );
  expect(adviseOnErrorKind("google", { outcome: null, code: null, message: "not JSON" })).toContain(
    "kept as they came",
  );
});

it("sends to the raw line when it does not know", () => {
  expect(advise("strange", "Something else.")).toContain("raw line");
});
