import { inArray } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { countSelected, nextSelectedIds } from "#lib/db/queries/selected-jobs.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { AppError, ProviderError } from "#lib/domain/errors.ts";
import type { BulkInput, BulkProgress } from "#lib/domain/job-selection.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { requestCancel } from "./cancel.ts";
import { check } from "./check.ts";
import { removeAtProvider } from "./remove-at-provider.ts";

/** Jobs that are marked in one statement. */
const idsPerPage = 500;
/** Calls to providers that are under way at a time. */
const removalsAtOnce = 4;
/** After so many failures in a row a provider is not asked again: a key or a connection is wrong, not a job. */
const failuresUntilStop = 3;
const messagesKept = 20;

/**
 * Does one verb to every selected job that it applies to, page by page, and says after each page how far it is. Jobs
 * already done stay done when the caller goes away; what is left is left.
 */
export async function* actOnJobs(
  context: AppContext,
  { verb, selection }: BulkInput,
  signal?: AbortSignal,
): AsyncIterable<BulkProgress> {
  const now = context.clock.now();
  const tally = new BulkTally(await countSelected(context.db, { verb, selection, now }));
  yield tally.progress(false);
  const removal = new Removal(context, tally, signal);
  const limit = verb === "remove" ? removalsAtOnce : idsPerPage;
  let afterId = "";
  for (;;) {
    if (signal?.aborted) return;
    const ids = await nextSelectedIds(context.db, { verb, selection, now, afterId, limit });
    const lastId = ids.at(-1);
    if (lastId === undefined) break;
    afterId = lastId;
    if (verb === "cancel") tally.done((await requestCancel(context, ids, "user")).requestedCount);
    else if (verb === "check") tally.done((await check(context, ids)).requestedCount);
    else await removal.removeAll(ids);
    yield tally.progress(false);
  }
  yield tally.progress(true);
}

class BulkTally {
  readonly #totalCount: number;
  #doneCount = 0;
  readonly #failures = new Map<string, number>();

  constructor(totalCount: number) {
    this.#totalCount = totalCount;
  }

  done(count: number): void {
    this.#doneCount += count;
  }

  fail(message: string): void {
    const isKept = this.#failures.has(message) || this.#failures.size < messagesKept;
    const key = isKept ? message : "Other reasons.";
    this.#failures.set(key, (this.#failures.get(key) ?? 0) + 1);
  }

  progress(isFinished: boolean): BulkProgress {
    return {
      totalCount: this.#totalCount,
      doneCount: this.#doneCount,
      failures: [...this.#failures].map(([message, count]) => ({ message, count })),
      isFinished,
    };
  }
}

/** Deletes at the providers, a few at a time, and leaves a provider in peace that refuses everything. */
class Removal {
  readonly #context: AppContext;
  readonly #tally: BulkTally;
  readonly #signal: AbortSignal | undefined;
  readonly #failuresInRow = new Map<ProviderId, number>();
  readonly #stopMessages = new Map<ProviderId, string>();

  constructor(context: AppContext, tally: BulkTally, signal: AbortSignal | undefined) {
    this.#context = context;
    this.#tally = tally;
    this.#signal = signal;
  }

  async removeAll(ids: string[]): Promise<void> {
    const rows = await this.#context.db
      .select({ id: jobs.id, provider: jobs.provider })
      .from(jobs)
      .where(inArray(jobs.id, ids));
    await Promise.all(rows.map((row) => this.#remove(row)));
  }

  async #remove({ id, provider }: { id: string; provider: ProviderId }): Promise<void> {
    const stopMessage = this.#stopMessages.get(provider);
    if (stopMessage !== undefined) return this.#tally.fail(stopMessage);
    try {
      await removeAtProvider(this.#context, { jobId: id }, this.#signal);
      this.#failuresInRow.set(provider, 0);
      this.#tally.done(1);
    } catch (error) {
      if (!(error instanceof AppError || error instanceof ProviderError)) throw error;
      this.#tally.fail(error.message);
      if (error instanceof ProviderError && error.kind !== "conflict") this.#count(provider, error.message);
    }
  }

  #count(provider: ProviderId, message: string): void {
    const inRow = (this.#failuresInRow.get(provider) ?? 0) + 1;
    this.#failuresInRow.set(provider, inRow);
    if (inRow >= failuresUntilStop) this.#stopMessages.set(provider, message);
  }
}
