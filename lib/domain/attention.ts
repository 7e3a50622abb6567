import type { ProviderId } from "./provider-id.ts";

/** Why a job needs somebody, the most urgent first: what is lost soon, what stands still, what ended badly. */
export const attentionReasons = [
  "results_expiring",
  "window_ending",
  "trouble",
  "stuck",
  "failed",
  "timed_out",
  "no_success",
  "partial",
] as const;
export type AttentionReason = (typeof attentionReasons)[number];

/** A job that ended badly asks for attention for so long. */
export const attentionHours = 24;

/** A window is near its end when less than this share of it is left: 2 h of 24 h. */
export const windowEndingShare = 1 / 12;

/**
 * How long each provider keeps results, and from when on: Anthropic from the creation of the batch, OpenAI from the
 * completion (its files are kept for 30 days), Google as long as any uploaded file.
 * Sources: each provider's documentation of its batch and files interfaces.
 */
export const resultsKept: Record<ProviderId, { hours: number; since: "creation" | "end" }> = {
  openai: { hours: 30 * 24, since: "end" },
  google: { hours: 48, since: "end" },
  anthropic: { hours: 29 * 24, since: "creation" },
};

/** Results that are not collected are about to be deleted when less than this share of their time is left. */
export const resultsExpiringShare = 1 / 4;
