import type { TokenUsage } from "./token-usage.ts";

export const requestOutcomes = ["succeeded", "failed", "expired", "cancelled"] as const;

export type RequestOutcome = (typeof requestOutcomes)[number];

/** One request's answer in one shape for all providers. Whatever the provider left out is null. */
export type RequestResult = {
  customId: string | null;
  outcome: RequestOutcome;
  text: string | null;
  /** The provider's own word (`stop`, `MAX_TOKENS`, `end_turn`). */
  finishReason: string | null;
  /** The model's own refusal, where the provider marks it as one. */
  refusal: string | null;
  usage: TokenUsage | null;
  error: { code: string | null; message: string } | null;
};

/** One line of a result file: readable, or kept as it is with the reason why it could not be read. */
export type ResultLine = {
  /** From 1, blank lines counted. */
  lineNumber: number;
  /** Where the line starts in the raw result bytes. */
  offsetBytes: number;
  lengthBytes: number;
  raw: string;
} & ({ kind: "result"; result: RequestResult } | { kind: "unreadable"; reason: string });
