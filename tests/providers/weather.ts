import type { FaultKind } from "#sandbox/http/faults.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

type ErrorShape = { kind: string | string[]; httpStatus?: number | null; retryAfterSeconds?: number | null };

/** What the sandbox does wrong while a case runs, and all that a caller may notice of it. */
export type Weather = {
  /** The figures of the fault; null in fair weather. */
  fault: Record<string, unknown> | null;
  /** Where it strikes: once at each endpoint that is called, or at every call as long as it is on. */
  strikes: "onceEach" | "always";
  /** The only endpoints that it can strike; null for all. */
  endpoints: string[] | null;
  /**
   * The error that each strike is answered with, always retryable; null when callers notice none. With `always`, errors come
   * until the adapter takes what it gets for all there is.
   */
  error: (provider: ProviderId) => ErrorShape | null;
  /** What becomes of the result lines. */
  lines: "asSent" | "unreadable" | "doubled" | "lost";
  /** By how much the provider's times are ahead of ours. */
  clockOffsetSeconds: number;
  /** A word that shows among the service statuses of an unfinished batch. */
  oddStatus: string | null;
  /** An ended batch is seen for a while without its results. */
  hasLateOutput: boolean;
};

const fair: Weather = {
  fault: null,
  strikes: "onceEach",
  endpoints: null,
  error: () => null,
  lines: "asSent",
  clockOffsetSeconds: 0,
  oddStatus: null,
  hasLateOutput: false,
};

export const fairWeather = fair;

const refused = (fault: Record<string, unknown>, error: ErrorShape): Weather => ({
  ...fair,
  fault,
  error: () => error,
});
const everyLine = (lines: Weather["lines"], error: Weather["error"]): Weather => ({
  ...fair,
  fault: {},
  strikes: "always",
  lines,
  error,
});
const downloads = ["files.content", "files.download", "batches.results"];
const isShort: ErrorShape = { kind: "unreadable_reply", httpStatus: null };

/** Every fault of the sandbox, and the outcome that is expected under it. */
export const weathers: Record<FaultKind, Weather> = {
  "rate-limit": refused({ seconds: 7 }, { kind: "rate_limit", httpStatus: 429, retryAfterSeconds: 7 }),
  "rate-limit-without-hint": refused({}, { kind: "rate_limit", httpStatus: 429, retryAfterSeconds: null }),
  "server-error": refused({}, { kind: "server", httpStatus: 500 }),
  "bad-gateway-html": refused({}, { kind: "server", httpStatus: 502 }),
  unavailable: refused({}, { kind: "server", httpStatus: 503 }),
  overloaded: {
    ...fair,
    fault: {},
    error: (provider) => ({ kind: "server", httpStatus: provider === "anthropic" ? 529 : 503 }),
  },
  "close-before": refused({}, { kind: "unreachable", httpStatus: null }),
  "close-after": refused({}, { kind: "unreachable", httpStatus: null }),
  "error-after": refused({}, { kind: "server", httpStatus: 500 }),
  slow: { ...fair, fault: { seconds: 0.005 } },
  trickle: { ...fair, fault: { bytes: 500_000 }, endpoints: [...downloads, "batches.get", "batches.list"] },
  truncate: {
    ...refused({ bytes: 60 }, { kind: ["unreachable", "unreadable_reply"], httpStatus: null }),
    endpoints: downloads,
  },
  "not-found-after-create": refused({ seconds: 60 }, { kind: "not_found", httpStatus: 404 }),
  "unknown-status": { ...fair, fault: { status: "snoozing" }, oddStatus: "snoozing" },
  "late-output": { ...fair, fault: { seconds: 3 }, strikes: "always", hasLateOutput: true },
  // OpenAI says how long its files are, and half lines are missing bytes.
  "malformed-line": everyLine("unreadable", (provider) => (provider === "openai" ? isShort : null)),
  "blank-line": everyLine("asSent", () => null),
  "duplicate-custom-id": everyLine("doubled", () => null),
  "missing-custom-id": everyLine("lost", () => isShort),
  "clock-offset": { ...fair, fault: { seconds: 300 }, strikes: "always", clockOffsetSeconds: 300 },
};
