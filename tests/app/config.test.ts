import { describe, expect, it } from "vitest";
import { readConfig } from "#lib/config.ts";

it("uses the embedded sandbox when no key is set, and the real providers when one is", () => {
  expect(readConfig({}).usesEmbeddedSandbox).toBe(true);
  const config = readConfig({ OPENAI_API_KEY: "sk-abc" });
  expect(config.usesEmbeddedSandbox).toBe(false);
  expect(Object.keys(config.credentials)).toEqual(["openai"]);
});

it("can be told to use the sandbox although keys are set, and not to use it although none is", () => {
  expect(readConfig({ OPENAI_API_KEY: "sk-abc", BATCHMARK_SANDBOX: "1" }).usesEmbeddedSandbox).toBe(true);
  expect(readConfig({ BATCHMARK_SANDBOX: "0" }).usesEmbeddedSandbox).toBe(false);
});

it("takes GEMINI_API_KEY for Google, and GOOGLE_API_KEY before it", () => {
  expect(readConfig({ GEMINI_API_KEY: "g1" }).credentials.google?.apiKey).toBe("g1");
  expect(readConfig({ GEMINI_API_KEY: "g1", GOOGLE_API_KEY: "g2" }).credentials.google?.apiKey).toBe("g2");
});

it("treats empty variables as unset", () => {
  expect(readConfig({ OPENAI_API_KEY: " ", DATABASE_URL: "" })).toMatchObject({
    credentials: {},
    databaseUrl: null,
  });
});

it.each([
  ["OPENAI_BASE_URL", "not a url"],
  ["BATCHMARK_SANDBOX", "yes"],
  ["BATCHMARK_SANDBOX_SCENARIO", "quick"],
  ["BATCHMARK_MAX_OUTPUT_TOKENS", "0"],
])("names %s when it is wrong, without repeating its value", (name, value) => {
  let message = "";
  try {
    readConfig({ [name]: value });
  } catch (error) {
    message = error instanceof Error ? error.message : "";
  }
  expect(message).toContain(name);
  if (value.length > 3) expect(message).not.toContain(value);
});

describe("the store for result files", () => {
  it("is a folder unless a bucket is named", () => {
    expect(readConfig({}).s3).toBeNull();
    expect(readConfig({ BATCHMARK_S3_BUCKET: "results" }).s3).toEqual({
      bucket: "results",
      endpoint: null,
      region: "us-east-1",
    });
  });

  it("must be whole", () => {
    expect(() => readConfig({ BATCHMARK_S3_ENDPOINT: "http://127.0.0.1:7070" })).toThrow(
      "BATCHMARK_S3_BUCKET",
    );
    expect(() => readConfig({ BATCHMARK_S3_BUCKET: "b", BATCHMARK_S3_ENDPOINT: "nowhere" })).toThrow(
      "BATCHMARK_S3_ENDPOINT is not a URL",
    );
  });
});
