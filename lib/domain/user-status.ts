export const userStatuses = [
  "IN_PROGRESS",
  "SUCCEEDED",
  "FAILED",
  "CANCELLED_TIMED_OUT",
  "CANCELLED_ON_DEMAND",
] as const;

export type UserStatus = (typeof userStatuses)[number];

export type CancelReason = "user" | "time_out";

export function isTerminal(status: UserStatus): boolean {
  return status !== "IN_PROGRESS";
}
