/** What the sandbox remembers. Times are milliseconds since 1970 by the sandbox's own clock. */

export type ProviderName = "openai" | "google" | "anthropic";
export const PROVIDER_NAMES: readonly ProviderName[] = ["openai", "google", "anthropic"];

export type Scenario = "instant" | "demo" | "realistic" | "chaos";
export const SCENARIOS: readonly Scenario[] = ["instant", "demo", "realistic", "chaos"];

/** The life of a batch, fixed when it is created; durations in milliseconds. */
export interface Plan {
  /** Creation until the batch is validated and its requests start. */
  readonly queueMs: number;
  /** Start until the last request is done. */
  readonly workMs: number;
  /** Last request done until the results can be read. */
  readonly finalizeMs: number;
  /** A cancel order until the batch has ended. */
  readonly cancelMs: number;
  /** `stall`: work stops at `stallAt` and the batch expires at the end of its window. */
  readonly fate: "complete" | "fail" | "stall";
  readonly stallAt: number;
  /** Exponent of the progress curve: below 1 quick at first, above 1 slow at first. */
  readonly progressShape: number;
  /** Share of requests that end as an error. */
  readonly failRate: number;
  /** A cancelled batch that had started ends as succeeded, with its unserved requests as errors (Google). */
  readonly cancelEndsSucceeded: boolean;
}

/** Token figures; `cached` and `reasoning` are parts of `input` and `output`. */
export interface TokenSum {
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
}

/** One problem found while a batch is validated. */
export interface ValidationProblem {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly line: number | null;
}

/** What reading the whole input of a batch has shown. */
export interface InputSummary {
  readonly requests: number;
  readonly failed: number;
  readonly tokens: TokenSum;
  readonly model: string | null;
  readonly problems: readonly ValidationProblem[];
}

/** Where a batch's request lines come from: a file of lines on disk, or lines made up on the fly. */
export type InputSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "made-up"; readonly requests: number };

/** How the batch came to be, as shown by the control API. */
export type BatchOrigin = "api" | "history" | "control";

export interface BatchRecord {
  readonly id: string;
  readonly provider: ProviderName;
  readonly account: string;
  /** Everything drawn for it depends on this text: seed, account and place among the account's batches, never the time. */
  readonly drawKey: string;
  readonly sequence: number;
  readonly origin: BatchOrigin;
  readonly createdAtMs: number;
  readonly plan: Plan;
  readonly input: InputSource;
  /** The model as asked for; null at OpenAI, where only the lines name it. */
  readonly model: string | null;
  /** OpenAI: the URL all lines must name. Google: the method. */
  readonly endpoint: string;
  readonly inputFileId: string | null;
  readonly outputFileId: string | null;
  readonly errorFileId: string | null;
  readonly displayName: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly outputExpiresAfterSeconds: number | null;
  /** Google: higher goes first; a whole number as text, null when none was given. */
  readonly priority: string | null;
  /** Google: answers come inside the batch object, not as a file. */
  readonly inline: boolean;
  /** Anthropic: the dialect under which it was created. */
  readonly apiVersion: string | null;
  /** Anthropic: the betas asked for when it was created. */
  readonly betas: readonly string[];
  /** Known once the input has been read; until then the batch is being validated. */
  readonly summary: InputSummary | null;
  readonly cancelledAtMs: number | null;
  readonly deletedAtMs: number | null;
}

export interface FileRecord {
  readonly id: string;
  readonly provider: ProviderName;
  readonly account: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly name: string | null;
  readonly purpose: string;
  readonly mimeType: string | null;
  readonly sizeBytes: number;
  readonly sha256Hex: string;
  readonly path: string;
  readonly deletedAtMs: number | null;
}

/** One piece of an upload that has a file of its own. */
export interface UploadPart {
  readonly id: string;
  readonly path: string;
}

/** An upload whose bytes have not all arrived. */
export interface UploadRecord {
  readonly id: string;
  readonly provider: ProviderName;
  readonly account: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** The id of the file that it will be. */
  readonly fileId: string;
  readonly name: string | null;
  readonly purpose: string;
  readonly mimeType: string | null;
  /** The size that was announced; null when none was. */
  readonly sizeBytes: number | null;
  readonly path: string;
  /** OpenAI: the parts so far. */
  readonly parts: readonly UploadPart[];
}
