import { describe, expect, it } from "vitest";
import { guardRequest } from "#lib/guard-request.ts";

describe("a request", () => {
  it.each([
    ["127.0.0.1:3000", null],
    ["localhost:3000", "http://localhost:3000"],
    ["[::1]:3000", "http://[::1]:3000"],
    ["bench.internal", "https://bench.internal"],
  ])("to %s from %s passes", (host, origin) => {
    expect(() => guardRequest({ host, origin }, ["bench.internal"])).not.toThrow();
  });

  it.each([
    ["a foreign name that resolves here", "evil.example:3000", null],
    ["no host", null, null],
    ["a malformed host", "a b", null],
    ["a foreign page", "127.0.0.1:3000", "https://evil.example"],
    ["another port of this machine", "127.0.0.1:3000", "http://127.0.0.1:8080"],
    ["an opaque origin", "127.0.0.1:3000", "null"],
    ["a name that only ends like an allowed one", "notbench.internal", null],
  ])("with %s is refused", (_what, host, origin) => {
    expect(() => guardRequest({ host, origin }, ["bench.internal"])).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
  });
});
