import { beforeAll, expect, it, vi } from "vitest";
import { toActionFailure } from "#lib/domain/action-result.ts";
import { AppError, ProviderError, redactSecrets } from "#lib/domain/errors.ts";

/** The server bundle and its start-up code each load the module; errors cross from one to the other. */
let copy: typeof import("#lib/domain/errors.ts");

beforeAll(async () => {
  vi.resetModules();
  copy = await import("#lib/domain/errors.ts");
});

it("recognises errors that were made by another copy of the module", () => {
  const refused = new copy.ProviderError("OpenAI refused the key (401).", {
    provider: "openai",
    kind: "authentication",
    isRetryable: false,
  });
  const missing = new copy.AppError("not_found", "There is no such job.");
  expect(copy.ProviderError).not.toBe(ProviderError);
  expect(refused).toBeInstanceOf(ProviderError);
  expect(missing).toBeInstanceOf(AppError);
  expect(refused).not.toBeInstanceOf(AppError);
  expect(new Error("other")).not.toBeInstanceOf(ProviderError);
  expect(toActionFailure(refused)).toMatchObject({ ok: false, code: "provider" });
  expect(toActionFailure(missing)).toMatchObject({ ok: false, code: "not_found" });
});

it("passes a defect on instead of answering with it", () => {
  expect(() => toActionFailure(new TypeError("x is undefined"))).toThrow(TypeError);
});

it.each([
  ["Incorrect API key provided: sk-proj-abc123def456.", "sk-proj-abc123def456"],
  ["header Authorization: Bearer abc.def-123456", "abc.def-123456"],
  ["https://host/v1?key=AIzaSyA1234567890&x=1", "AIzaSyA1234567890"],
])("masks the key in %j", (text, secret) => {
  const redacted = redactSecrets(text);
  expect(redacted).not.toContain(secret);
  expect(redacted).toContain("[redacted]");
});
