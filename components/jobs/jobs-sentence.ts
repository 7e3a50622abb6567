import { userStatuses, type UserStatus } from "#lib/domain/user-status.ts";
import { formatNumber, formatQuantity } from "../format.ts";

const statusWords: Record<UserStatus, string> = {
  IN_PROGRESS: "in progress",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  CANCELLED_TIMED_OUT: "timed out",
  CANCELLED_ON_DEMAND: "cancelled",
};

/** The state of many jobs in one sentence: `12 jobs: 3 in progress, 9 succeeded`. */
export function jobsSentence(statusCounts: Partial<Record<UserStatus, number>>): string {
  const total = userStatuses.reduce((sum, status) => sum + (statusCounts[status] ?? 0), 0);
  const parts = userStatuses.flatMap((status) => {
    const count = statusCounts[status] ?? 0;
    return count > 0 ? [`${formatNumber(count)} ${statusWords[status]}`] : [];
  });
  return parts.length === 0 ? "No jobs" : `${formatQuantity(total, "job")}: ${parts.join(", ")}`;
}
