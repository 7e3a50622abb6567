import type { JobFailure, ProviderTimestamps } from "#lib/domain/job.ts";
import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import type { ModelInfo } from "#lib/domain/model.ts";
import type { OutcomeCounts } from "#lib/domain/outcome-counts.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchRequest } from "#lib/domain/request.ts";
import type { RequestResult, ResultLine } from "#lib/domain/result.ts";
import type { TokenUsage } from "#lib/domain/token-usage.ts";

/** A batch as its provider describes it, in one shape. Nothing is invented: what the provider leaves out is null. */
export type ProviderJob = {
  provider: ProviderId;
  /** The provider's id: `batch_…`, `batches/…`, `msgbatch_…`. */
  id: string;
  /** The name we gave it at submission (OpenAI metadata, Google display name); null where there is none. */
  name: string | null;
  model: string | null;
  /** The provider's own word, verbatim. */
  serviceStatus: string;
  /** True when the provider will not change it any more. An unknown status is not ended. */
  hasEnded: boolean;
  /** True when the results can be fetched now. Some providers say "completed" before the output exists. */
  hasResults: boolean;
  counts: OutcomeCounts;
  timestamps: ProviderTimestamps;
  usage: TokenUsage | null;
  /** Why the whole batch failed, in the provider's words. */
  failure: JobFailure | null;
  /** The reply as it came, for the record. */
  raw: unknown;
};

export type SubmitInput = {
  /** Unique name of our job; the provider keeps it where it can, so that a lost answer can be reconciled. */
  jobName: string;
  model: string;
  maxOutputTokens: number;
  /** What goes into every request beside its prompt; checked against what the provider takes. */
  parameters: LaneParameters;
  requestCount: number;
  /** A fresh pass over the requests each time it is called; streamed, never held whole in memory. */
  requests: () => AsyncIterable<BatchRequest>;
  /**
   * Called once, when only the call that costs money is left. That call follows at once, and only if this resolves; a
   * rejection passes through unchanged and nothing is created.
   */
  beforeCreate?: (create: CreateCall) => Promise<void>;
};

/** The call that creates a batch, as it is about to be made. */
export type CreateCall = {
  /** The uploaded requests that it refers to; null where they travel in the call itself. */
  inputFile: string | null;
  /** Longest time until the call has been answered or given up. */
  timeoutMs: number;
};

/** A file that the account holds at the provider. Nothing is invented: what the provider leaves out is null. */
export type ProviderFile = {
  /** The provider's id: `file-…`, `files/…`. */
  id: string;
  name: string | null;
  /** OpenAI's `purpose`; Google has none and says the media type only. */
  purpose: string | null;
  sizeBytes: number | null;
  createdAt: Date | null;
  expiresAt: Date | null;
};

export type CallOptions = { signal?: AbortSignal };

export type ProviderCapabilities = {
  /** The provider keeps `jobName`, so that a submission whose answer was lost can be found again with certainty. */
  keepsJobName: boolean;
  /** Counters move before the end of the batch. */
  countsWhileRunning: boolean;
  maxRequestsPerJob: number;
  maxInputBytes: number;
  listPageSize: number;
  /**
   * Where a batch's reply (`ProviderJob.raw`) names its files, as paths of keys; empty where the provider keeps no files for
   * batches.
   */
  fileFields: readonly (readonly string[])[];
  /** Those of them that hold results; empty where results live with their batch. */
  resultFileFields: readonly (readonly string[])[];
};

/**
 * The port: one batch API, one credential. Every method rejects with `ProviderError` and nothing else,
 * never retries a call that creates something that costs money, and stops at once when its signal aborts.
 * `submit` also passes on what `requests` and `beforeCreate` reject with.
 */
export interface BatchProvider {
  readonly id: ProviderId;
  /** Fingerprint of the credential; never the key. */
  readonly account: string;
  readonly capabilities: ProviderCapabilities;

  /** Uploads the requests and creates one batch. */
  submit(input: SubmitInput, options?: CallOptions): Promise<ProviderJob>;
  /**
   * Deletes uploaded requests, so that a create call which refers to them and is still on its way somewhere fails.
   * Resolves when they are gone, also when they were before. Does nothing where there are no such files.
   */
  discardInput(inputFile: string, options?: CallOptions): Promise<void>;
  /** Every file that the account holds, whatever it is for; pages are fetched as they are needed. */
  listFiles(options?: CallOptions): AsyncIterable<ProviderFile>;
  /** Deletes one file. Resolves when it is gone, also when it was before. */
  deleteFile(fileId: string, options?: CallOptions): Promise<void>;
  get(id: string, options?: CallOptions): Promise<ProviderJob>;
  /** The account's batches, newest first, until one was created before `since`. Pages are fetched as they are needed. */
  list(query: { since: Date }, options?: CallOptions): AsyncIterable<ProviderJob>;
  /** Asks for cancellation and resolves with the batch as it stands; the end may come minutes later. */
  cancel(id: string, options?: CallOptions): Promise<ProviderJob>;
  /** Deletes what the provider lets us delete: the batch, or for OpenAI its files. */
  remove(id: string, options?: CallOptions): Promise<void>;
  /** The result lines of an ended batch, as the provider sends them, bad lines included. */
  results(job: ProviderJob, options?: CallOptions): AsyncIterable<ResultLine>;
  /** The result bytes as the provider sends them: JSON lines; several files follow one another, each ended by a newline. */
  rawResults(job: ProviderJob, options?: CallOptions): AsyncIterable<Uint8Array>;
  /** Reads one result line. Throws a plain Error with the reason when the line is not a result. */
  readResultLine(line: string): RequestResult;
  models(options?: CallOptions): Promise<ModelInfo[]>;
}
