import { describe, expect, it } from "vitest";
import { unknownCounts } from "#lib/domain/outcome-counts.ts";
import type { UserStatus } from "#lib/domain/user-status.ts";
import {
  isKnownServiceStatus,
  statusTable,
  userStatusOf,
  type StatusFacts,
} from "#lib/domain/status-table.ts";

const hour = 3_600_000;
const createdAt = new Date("2026-11-20T00:00:00Z");
const endedAfter = (hours: number) => ({ createdAt, endedAt: new Date(createdAt.getTime() + hours * hour) });

type Case = [
  what: string,
  facts: Partial<StatusFacts> & Pick<StatusFacts, "provider" | "serviceStatus">,
  expected: UserStatus,
];

const google = (serviceStatus: string, more: Partial<StatusFacts> = {}) => ({
  provider: "google" as const,
  serviceStatus,
  ...more,
});
const openai = (serviceStatus: string, more: Partial<StatusFacts> = {}) => ({
  provider: "openai" as const,
  serviceStatus,
  ...more,
});
const anthropic = (
  serviceStatus: string,
  counts: Partial<StatusFacts["counts"]> = {},
  more: Partial<StatusFacts> = {},
) => ({
  provider: "anthropic" as const,
  serviceStatus,
  counts: { ...unknownCounts, succeeded: 0, failed: 0, cancelled: 0, expired: 0, ...counts },
  ...more,
});

const googleCases = ["JOB_STATE_", "BATCH_STATE_"].flatMap((prefix): Case[] => [
  [`${prefix}SUCCEEDED`, google(`${prefix}SUCCEEDED`), "SUCCEEDED"],
  [`${prefix}FAILED`, google(`${prefix}FAILED`), "FAILED"],
  [`${prefix}EXPIRED`, google(`${prefix}EXPIRED`, endedAfter(48)), "CANCELLED_TIMED_OUT"],
  [`${prefix}CANCELLED after 25 h`, google(`${prefix}CANCELLED`, endedAfter(25)), "CANCELLED_TIMED_OUT"],
  [`${prefix}CANCELLED after 1 h`, google(`${prefix}CANCELLED`, endedAfter(1)), "CANCELLED_ON_DEMAND"],
  [
    `${prefix}CANCELLED after exactly 24 h`,
    google(`${prefix}CANCELLED`, endedAfter(24)),
    "CANCELLED_ON_DEMAND",
  ],
  [`${prefix}CANCELLED without times`, google(`${prefix}CANCELLED`), "CANCELLED_ON_DEMAND"],
  [
    `${prefix}CANCELLED by the user after 30 h`,
    google(`${prefix}CANCELLED`, { ...endedAfter(30), cancelReason: "user" }),
    "CANCELLED_ON_DEMAND",
  ],
  [
    `${prefix}CANCELLED by our time-out`,
    google(`${prefix}CANCELLED`, { ...endedAfter(1), cancelReason: "time_out" }),
    "CANCELLED_TIMED_OUT",
  ],
  [`${prefix}PENDING`, google(`${prefix}PENDING`), "IN_PROGRESS"],
  [`${prefix}RUNNING`, google(`${prefix}RUNNING`), "IN_PROGRESS"],
]);

const openaiCases: Case[] = [
  ["completed", openai("completed"), "SUCCEEDED"],
  ["failed", openai("failed"), "FAILED"],
  ["expired", openai("expired"), "CANCELLED_TIMED_OUT"],
  ["cancelled", openai("cancelled", endedAfter(1)), "CANCELLED_ON_DEMAND"],
  [
    "cancelled by our time-out",
    openai("cancelled", { ...endedAfter(1), cancelReason: "time_out" }),
    "CANCELLED_TIMED_OUT",
  ],
  ["cancelled after 25 h", openai("cancelled", endedAfter(25)), "CANCELLED_TIMED_OUT"],
  [
    "cancelled by the user after 25 h",
    openai("cancelled", { ...endedAfter(25), cancelReason: "user" }),
    "CANCELLED_ON_DEMAND",
  ],
  ["validating", openai("validating"), "IN_PROGRESS"],
  ["in_progress", openai("in_progress"), "IN_PROGRESS"],
  ["finalizing", openai("finalizing"), "IN_PROGRESS"],
  ["cancelling", openai("cancelling"), "IN_PROGRESS"],
];

const anthropicCases: Case[] = [
  ["ended, any errored", anthropic("ended", { succeeded: 5, failed: 1, cancelled: 2, expired: 1 }), "FAILED"],
  [
    "ended, else any canceled",
    anthropic("ended", { succeeded: 5, cancelled: 1, expired: 1 }),
    "CANCELLED_ON_DEMAND",
  ],
  [
    "ended, canceled by our time-out",
    anthropic("ended", { cancelled: 1 }, { cancelReason: "time_out" }),
    "CANCELLED_TIMED_OUT",
  ],
  ["ended, else any expired", anthropic("ended", { succeeded: 5, expired: 1 }), "CANCELLED_TIMED_OUT"],
  ["ended, all succeeded", anthropic("ended", { succeeded: 5 }), "SUCCEEDED"],
  ["in_progress", anthropic("in_progress"), "IN_PROGRESS"],
  ["canceling", anthropic("canceling"), "IN_PROGRESS"],
];

function judge(facts: Case[1]): UserStatus {
  return userStatusOf({
    counts: unknownCounts,
    createdAt: null,
    endedAt: null,
    cancelReason: null,
    ...facts,
  });
}

describe("the status table", () => {
  it.each([...googleCases, ...openaiCases, ...anthropicCases])("%s", (_what, facts, expected) => {
    expect(judge(facts)).toBe(expected);
  });

  it("has no line that these cases leave out", () => {
    const tried = new Set(
      [...googleCases, ...openaiCases, ...anthropicCases].map(
        ([, facts]) => `${facts.provider} ${facts.serviceStatus}`,
      ),
    );
    for (const rule of statusTable) expect(tried).toContain(`${rule.provider} ${rule.serviceStatus}`);
  });

  it("counts an unknown service status as in progress and says that it is unknown", () => {
    expect(judge(openai("paused"))).toBe("IN_PROGRESS");
    expect(isKnownServiceStatus("openai", "paused")).toBe(false);
    expect(isKnownServiceStatus("openai", "completed")).toBe(true);
  });

  it("does not read one provider's word as another's", () => {
    expect(judge(anthropic("completed"))).toBe("IN_PROGRESS");
  });

  it("counts a job that is not at the provider as in progress", () => {
    expect(judge({ provider: "openai", serviceStatus: null })).toBe("IN_PROGRESS");
  });
});
