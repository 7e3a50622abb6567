import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { noteDeletedResults } from "#lib/db/queries/jobs-of-files.ts";
import type { DeleteFilesInput, DeleteFilesProgress } from "#lib/domain/account-file.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { judgeAccountFiles } from "./judge-account-files.ts";

/** Files that are judged at once: each look passes over all of the provider's jobs. */
const chunkSize = 500;
/** Calls to the provider that are under way at a time. */
const deletionsAtOnce = 4;
/** Deletions between two words about the progress. */
const deletionsPerProgress = 40;
/** After so many failures in a row the provider is not asked again: a key or a connection is wrong, not a file. */
const failuresUntilStop = 3;

/**
 * Deletes files at a provider and says after every 40 how far it is. Whatever the caller names, only files are deleted
 * that are `deletable` at that moment (`judgeAccountFiles`) and whose job's results stand in our storage. What is done
 * stays done when the caller goes away. Rejects with `AppError("storage")` when the store of results cannot be asked.
 */
export async function* deleteAccountFiles(
  context: AppContext,
  { provider: id, fileIds }: { provider: ProviderId } & DeleteFilesInput,
  signal?: AbortSignal,
): AsyncIterable<DeleteFilesProgress> {
  const deletion = new FileDeletion(context, context.providers.get(id), signal);
  const wanted = [...new Set(fileIds)];
  for (let start = 0; start < wanted.length; start += chunkSize) {
    const deletable = await deletion.judge(wanted.slice(start, start + chunkSize));
    for (let first = 0; first < deletable.length; first += deletionsPerProgress) {
      yield await deletion.deleteAll(deletable.slice(first, first + deletionsPerProgress));
      if (signal?.aborted) return;
    }
  }
  yield await deletion.deleteAll([]);
}

class FileDeletion {
  readonly #context: AppContext;
  readonly #provider: BatchProvider;
  readonly #signal: AbortSignal | undefined;
  readonly #failures = new Map<string, number>();
  readonly #storedJobs = new Map<string, boolean>();
  readonly #jobOfFile = new Map<string, string>();
  readonly #deletedIds: string[] = [];
  #keptCount = 0;
  #failuresInRow = 0;
  #stopMessage: string | null = null;

  constructor(context: AppContext, provider: BatchProvider, signal: AbortSignal | undefined) {
    this.#context = context;
    this.#provider = provider;
    this.#signal = signal;
  }

  /** Those that may be deleted; the others are counted as kept. */
  async judge(fileIds: string[]): Promise<string[]> {
    const files = fileIds.map((id) => ({ id, name: null }));
    const judged = await judgeAccountFiles(this.#context, this.#provider, files);
    const deletable: string[] = [];
    for (const [index, fileId] of fileIds.entries()) {
      const { state, jobId } = judged[index] ?? { state: "foreign", jobId: null };
      if (state === "deletable" && jobId !== null && (await this.#isStored(jobId))) {
        deletable.push(fileId);
        this.#jobOfFile.set(fileId, jobId);
      } else {
        this.#keptCount += 1;
      }
    }
    return deletable;
  }

  /** The row says that the results were stored; the provider's copy goes only if they still are. */
  async #isStored(jobId: string): Promise<boolean> {
    const known = this.#storedJobs.get(jobId);
    if (known !== undefined) return known;
    const isStored = (await this.#context.storage.sizeBytes(rawResultsKey(jobId))) !== null;
    this.#storedJobs.set(jobId, isStored);
    return isStored;
  }

  async deleteAll(fileIds: readonly string[]): Promise<DeleteFilesProgress> {
    const deletedIds: string[] = [];
    for (let start = 0; start < fileIds.length; start += deletionsAtOnce) {
      if (this.#signal?.aborted) break;
      const round = fileIds.slice(start, start + deletionsAtOnce);
      const outcomes = await Promise.all(round.map((fileId) => this.#delete(fileId)));
      deletedIds.push(...round.filter((_fileId, index) => outcomes[index]));
    }
    await this.#noteResults(deletedIds);
    return {
      deletedIds,
      keptCount: this.#keptCount,
      failures: [...this.#failures].map(([message, count]) => ({ message, count })),
    };
  }

  /** A job whose result files are gone at the provider says so, as after its own deletion there. */
  async #noteResults(deletedIds: readonly string[]): Promise<void> {
    const { db, clock } = this.#context;
    this.#deletedIds.push(...deletedIds);
    const jobIds = new Set(deletedIds.flatMap((fileId) => this.#jobOfFile.get(fileId) ?? []));
    const changed = await noteDeletedResults(
      db,
      [...jobIds],
      this.#deletedIds,
      this.#provider.capabilities.resultFileFields,
      clock.now(),
    );
    await publishJobsChanged(db, changed);
  }

  async #delete(fileId: string): Promise<boolean> {
    if (this.#stopMessage !== null) return this.#fail(this.#stopMessage);
    try {
      await this.#provider.deleteFile(fileId, { signal: this.#signal });
      this.#failuresInRow = 0;
      return true;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      this.#failuresInRow += 1;
      if (this.#failuresInRow >= failuresUntilStop) this.#stopMessage = error.message;
      return this.#fail(error.message);
    }
  }

  #fail(message: string): false {
    this.#failures.set(message, (this.#failures.get(message) ?? 0) + 1);
    return false;
  }
}
