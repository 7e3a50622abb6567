import { describe, expect, it } from "vitest";
import { adviceFor } from "#components/overview/attention-advice.ts";
import { attentionReasons } from "#lib/domain/overview.ts";
import { endedCounts, jobListItem } from "./job-list-item.ts";

describe("advice on jobs that need attention", () => {
  it.each(attentionReasons)("says what happened and what to do next for %s", (reason) => {
    const { happened, next } = adviceFor(jobListItem(), reason);
    expect(happened).toMatch(/\.$/);
    expect(next).toMatch(/\.$/);
  });

  it("repeats the provider's own reason", () => {
    const failure = { code: "token_limit_exceeded", message: "Enqueued token limit reached." };
    expect(adviceFor(jobListItem({ failure }), "failed").happened).toBe("Enqueued token limit reached.");
  });

  it("says what became of the requests of a partial job that did not succeed", () => {
    const failed = jobListItem({ counts: endedCounts({ succeeded: 7, failed: 2 }) });
    expect(adviceFor(failed, "partial").happened).toBe("2 of 9 requests failed.");
    const mixed = jobListItem({ counts: endedCounts({ succeeded: 7, failed: 1, expired: 1 }) });
    expect(adviceFor(mixed, "partial").happened).toBe("1 failed, 1 expired of 9 requests.");
  });
});
