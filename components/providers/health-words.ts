import type { AccountTrouble } from "#lib/domain/account-state.ts";
import type { ProviderHealth } from "#lib/domain/provider-health.ts";
import type { CallStats } from "#lib/domain/call-stats.ts";
import { providerVerbs, type ProviderVerb } from "#lib/domain/provider-verbs.ts";
import { formatDuration, formatNumber, formatQuantity } from "../format.ts";

/** What is wrong with an account, in two or three words. */
export const troubleLabels: Record<AccountTrouble, string> = {
  key_refused: "key refused",
  rate_limited: "rate limited",
  quota_used_up: "quota used up",
  unreachable: "unreachable",
  failing: "failing",
};

/** `1,204 requests answered, 3 of them refused`. */
export function callSentence({ answeredRequests, refusedRequests }: CallStats): string {
  const answered = `${formatQuantity(answeredRequests, "request")} answered`;
  return refusedRequests === 0 ? answered : `${answered}, ${formatNumber(refusedRequests)} of them refused`;
}

const verbWords: Record<ProviderVerb, string> = {
  submit: "submissions",
  get: "jobs read",
  list: "lists",
  cancel: "cancellations",
  remove: "deletions",
  results: "downloads",
  models: "model lists",
  listFiles: "file lists",
  deleteFile: "files deleted",
};

/** `submissions 12, jobs read 340, lists 18`: what was asked for; null while nothing was. */
export function verbSentence({ calls }: CallStats): string | null {
  const used = providerVerbs.filter((verb) => calls[verb] > 0);
  if (used.length === 0) return null;
  return used.map((verb) => `${verbWords[verb]} ${formatNumber(calls[verb])}`).join(", ");
}

export type ShownError = { message: string; at: Date; httpStatus: number | null; requestId: string | null };

/**
 * The latest errors, newest first: those that this process has seen, and the one that the engine's note keeps over a
 * restart, unless it is among them.
 */
export function shownErrors({ state, calls }: ProviderHealth): ShownError[] {
  const seen: ShownError[] = calls?.lastErrors ?? [];
  const { lastError = null, lastErrorAt = null } = state ?? {};
  if (lastError === null || lastErrorAt === null) return seen;
  if (seen.some((error) => error.message === lastError)) return seen;
  const noted = { message: lastError, at: lastErrorAt, httpStatus: null, requestId: null };
  return [...seen, noted].toSorted((left, right) => right.at.getTime() - left.at.getTime());
}

/** Below this a difference may come from the way of the answer alone. */
const telltaleSeconds = 2;

/** How far a provider's clock is from ours. */
export function offsetWords(clockOffsetSeconds: number | null): string {
  if (clockOffsetSeconds === null) return "unknown: no answer yet";
  if (Math.abs(clockOffsetSeconds) < telltaleSeconds) return "agrees with ours";
  const distance = formatDuration(Math.abs(clockOffsetSeconds));
  return clockOffsetSeconds > 0 ? `${distance} ahead of ours` : `${distance} behind ours`;
}
