import { describe, expect, it } from "vitest";
import { offsetWords, shownErrors, verbSentence } from "#components/providers/health-words.ts";
import type { AccountState } from "#lib/domain/account-state.ts";
import type { CallStats, SeenError } from "#lib/domain/call-stats.ts";
import { AccountCalls } from "#lib/providers/account-calls.ts";

describe("a provider's clock", () => {
  it.each([
    [null, "unknown: no answer yet"],
    [0.4, "agrees with ours"],
    [-1.9, "agrees with ours"],
    [300, "5 min ahead of ours"],
    [-12, "12 s behind ours"],
  ])("that is off by %s s is told as %s", (seconds, words) => {
    expect(offsetWords(seconds)).toBe(words);
  });
});

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute));

function callStats(change: Partial<CallStats> = {}): CallStats {
  const clock = { now: () => at(0) };
  return { ...new AccountCalls("openai", { account: "a", clock }).read(), ...change };
}

const seen = (message: string, minute: number): SeenError => ({
  verb: "get",
  kind: "server",
  httpStatus: 503,
  code: null,
  message,
  requestId: null,
  at: at(minute),
});

const noted = (lastError: string, minute: number): AccountState => ({
  provider: "openai",
  account: "a",
  trouble: "failing",
  failureCount: 1,
  pausedUntil: null,
  lastError,
  lastErrorAt: at(minute),
  troubleSince: null,
  recoveredAt: null,
});

describe("the errors of a provider", () => {
  const calls = callStats({ lastErrors: [seen("Second.", 20), seen("First.", 10)] });
  const messages = (state: AccountState | null) =>
    shownErrors({ provider: "openai", state, calls }).map((error) => error.message);

  it("are those that were seen, newest first", () => {
    expect(messages(null)).toEqual(["Second.", "First."]);
  });

  it("hold what the engine noted before a restart, in its place and never twice", () => {
    expect(messages(noted("Before.", 5))).toEqual(["Second.", "First.", "Before."]);
    expect(messages(noted("Between.", 15))).toEqual(["Second.", "Between.", "First."]);
    expect(messages(noted("First.", 10))).toEqual(["Second.", "First."]);
  });
});

describe("the calls of a provider", () => {
  it("are told by what they were for", () => {
    expect(verbSentence(callStats())).toBeNull();
    const { calls } = callStats();
    expect(verbSentence(callStats({ calls: { ...calls, submit: 2, get: 1_204, listFiles: 1 } }))).toBe(
      "submissions 2, jobs read 1,204, file lists 1",
    );
  });
});
