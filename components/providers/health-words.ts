import type { AccountTrouble } from "#lib/domain/account-state.ts";
import type { CallStats } from "#lib/domain/call-stats.ts";
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

/** Below this a difference may come from the way of the answer alone. */
const telltaleSeconds = 2;

/** How far a provider's clock is from ours. */
export function offsetWords(clockOffsetSeconds: number | null): string {
  if (clockOffsetSeconds === null) return "unknown: no answer yet";
  if (Math.abs(clockOffsetSeconds) < telltaleSeconds) return "agrees with ours";
  const distance = formatDuration(Math.abs(clockOffsetSeconds));
  return clockOffsetSeconds > 0 ? `${distance} ahead of ours` : `${distance} behind ours`;
}
