import type { UserStatus } from "#lib/domain/user-status.ts";

/** The words of each status, the same in chips, filters and sentences. */
export const statusLabels: Record<UserStatus, string> = {
  IN_PROGRESS: "In progress",
  SUCCEEDED: "Succeeded",
  FAILED: "Failed",
  CANCELLED_TIMED_OUT: "Timed out",
  CANCELLED_ON_DEMAND: "Cancelled",
};
