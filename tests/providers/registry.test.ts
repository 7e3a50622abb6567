import { describe, expect, it } from "vitest";
import { ProviderError } from "#lib/domain/errors.ts";
import { accountFingerprint } from "#lib/providers/account-fingerprint.ts";
import { createProviderRegistry } from "#lib/providers/registry.ts";
import { providerSettings } from "./support.ts";

function errorOf(run: () => unknown): ProviderError {
  try {
    run();
  } catch (error) {
    if (error instanceof ProviderError) return error;
  }
  throw new Error("A ProviderError was expected.");
}

describe("the registry", () => {
  const registry = createProviderRegistry({ openai: providerSettings(), anthropic: providerSettings() });

  it("knows which providers have a key, in the order of the screens", () => {
    expect(registry.configured()).toEqual(["openai", "anthropic"]);
  });

  it("builds each adapter once", () => {
    expect(registry.get("openai").id).toBe("openai");
    expect(registry.get("openai")).toBe(registry.get("openai"));
  });

  it("says which key to set for a provider without one", () => {
    const error = errorOf(() => registry.get("google"));
    expect(error).toMatchObject({ kind: "not_configured", provider: "google", isRetryable: false });
    expect(error.message).toBe(
      "No key for Google is set. Put GOOGLE_API_KEY into .env and restart, or unset all keys to use the sandbox.",
    );
  });

  it("gives a job's provider only for the account that submitted it", () => {
    expect(registry.forAccount("openai", "0123456789ab")).toBe(registry.get("openai"));
    const error = errorOf(() => registry.forAccount("openai", "ffffffffffff"));
    expect(error).toMatchObject({ kind: "not_configured" });
    expect(error.message).toContain("ffffffffffff");
  });
});

describe("the account fingerprint", () => {
  it("is stable, short and without the key", () => {
    const fingerprint = accountFingerprint("sk-secret", null);
    expect(fingerprint).toMatch(/^[0-9a-f]{12}$/);
    expect(accountFingerprint("sk-secret", null)).toBe(fingerprint);
  });

  it("differs by key and by base URL", () => {
    const all = [
      accountFingerprint("a", null),
      accountFingerprint("b", null),
      accountFingerprint("a", "http://127.0.0.1:4010"),
    ];
    expect(new Set(all).size).toBe(3);
  });
});
