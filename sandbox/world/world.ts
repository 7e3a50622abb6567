import { mkdirSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Dialect } from "./dialect.ts";
import { completed, withPaths, type AccountEntry, type BatchChange, type Entry } from "./entries.ts";
import { historyOf } from "./history.ts";
import { Inputs } from "./inputs.ts";
import { Journal } from "./journal.ts";
import { momentOf, type Moment } from "./lifecycle.ts";
import type { BatchRecord, FileRecord, InputSummary, ProviderName, Scenario, UploadRecord } from "./model.ts";
import { Results } from "./results.ts";
import { isForgotten, shorterJournal, wantedPaths, type WorldState } from "./snapshot.ts";
import { sweepFiles } from "./state-dir.ts";

export interface WorldOptions {
  readonly stateDir: string;
  readonly seed: number;
  readonly scenario: Scenario;
  readonly now: () => number;
  readonly dialects: Readonly<Record<ProviderName, Dialect>>;
}

/** The provider's view of one key. */
interface Account {
  readonly provider: ProviderName;
  readonly id: string;
  met: AccountEntry | null;
  /** Oldest first. */
  readonly batchIds: string[];
  readonly fileIds: string[];
  /** The highest numbers given out so far. */
  batchSequence: number;
  fileSequence: number;
}

/** What a file that nobody uploaded holds: the made-up input, the good results, all other results. */
export type BatchFileRole = "input" | "output" | "error";

const HISTORY_BATCHES = 320;

/** Everything the sandbox knows: accounts, files, batches. Kept in memory, made again from a journal at start. */
export class World {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly inputs: Inputs;
  readonly results: Results;
  readonly #systemNow: () => number;
  readonly #journal: Journal;
  readonly #filesDir: string;
  readonly #accounts = new Map<string, Account>();
  readonly #batches = new Map<string, BatchRecord>();
  readonly #files = new Map<string, FileRecord>();
  readonly #batchFiles = new Map<string, { readonly batchId: string; readonly role: BatchFileRole }>();
  readonly #gone = new Set<string>();
  readonly #uploads = new Map<string, UploadRecord>();
  readonly #historyChanges = new Map<string, BatchChange>();
  #advancedMs = 0;
  readonly #reading = new Map<string, Promise<BatchRecord>>();

  constructor(options: WorldOptions) {
    this.scenario = options.scenario;
    this.seed = options.seed;
    this.#systemNow = options.now;
    this.inputs = new Inputs(options.dialects);
    this.results = new Results(this.inputs, options.dialects);
    const stateDir = resolve(options.stateDir);
    this.#filesDir = join(stateDir, "files");
    mkdirSync(this.#filesDir, { recursive: true });
    this.#journal = new Journal(join(stateDir, "journal.jsonl"));
    this.#replay();
    sweepFiles(this.#filesDir, wantedPaths(this.#state()));
  }

  /** Milliseconds since 1970 by the sandbox's clock: the system's, and what it has been advanced by. */
  now(): number {
    return this.#systemNow() + this.#advancedMs;
  }

  /** Moves the clock forward, for good. */
  advanceClock(advanceMs: number): void {
    this.#record({ kind: "clock", advanceMs });
  }

  /** Where the bytes of a file lie. */
  pathOf(name: string): string {
    return join(this.#filesDir, name);
  }

  /** Makes an account known; in scenarios with a past it gets its history now. */
  meet(provider: ProviderName, account: string): void {
    if (this.#accounts.has(`${provider}:${account}`)) return;
    const history = this.scenario === "demo" || this.scenario === "realistic" ? HISTORY_BATCHES : 0;
    this.#record({ kind: "account", provider, account, atMs: this.now(), seed: this.seed, history });
  }

  /** A number that this account has not used before, and a key for ids and draws made of it. */
  nextKey(provider: ProviderName, account: string): { sequence: number; key: string } {
    const sequence = ++this.#account(provider, account).batchSequence;
    return { sequence, key: `${this.seed}:${provider}:${account}:${sequence}` };
  }

  /** As `nextKey`, for files: what is uploaded does not change what is drawn for batches. */
  nextFileKey(provider: ProviderName, account: string): string {
    const sequence = ++this.#account(provider, account).fileSequence;
    return `${this.seed}:${provider}:${account}:${sequence}:${this.now()}`;
  }

  addBatch(batch: BatchRecord): void {
    this.#record({ kind: "batch", batch });
  }

  /** As `addBatch`, with one write for all. */
  addBatches(batches: readonly BatchRecord[]): void {
    this.#record(...batches.map((batch) => ({ kind: "batch", batch }) as const));
  }

  /** Changes a batch and returns it as it is now. */
  changeBatch(id: string, change: BatchChange): BatchRecord {
    this.#record({ kind: "batch-change", id, change });
    const batch = this.#batches.get(id);
    if (batch === undefined) throw new Error(`no batch ${id}`);
    return batch;
  }

  /** A batch of this account that has not been deleted. */
  batch(provider: ProviderName, account: string, id: string): BatchRecord | null {
    const batch = this.#batches.get(id);
    if (batch === undefined || batch.provider !== provider || batch.account !== account) return null;
    return batch.deletedAtMs === null ? batch : null;
  }

  /** The batch that a file comes from which nobody uploaded, unless the file has been deleted. */
  batchOfFile(
    provider: ProviderName,
    account: string,
    fileId: string,
  ): { batch: BatchRecord; role: BatchFileRole } | null {
    const known = this.#batchFiles.get(fileId);
    if (known === undefined || this.#gone.has(fileId)) return null;
    const batch = this.batch(provider, account, known.batchId);
    return batch === null ? null : { batch, role: known.role };
  }

  /** The batches of an account, newest first. */
  *batches(provider: ProviderName, account: string): Generator<BatchRecord> {
    const ids = this.#accounts.get(`${provider}:${account}`)?.batchIds ?? [];
    for (let index = ids.length - 1; index >= 0; index--) {
      const batch = this.batch(provider, account, ids[index] ?? "");
      if (batch !== null) yield batch;
    }
  }

  /** Every batch of every account, deleted ones too, in no particular order. */
  allBatches(): Iterable<BatchRecord> {
    return this.#batches.values();
  }

  /**
   * The batch with its input read, once its time to be validated has come; before that as it is. Several
   * callers share one reading.
   */
  async settled(batch: BatchRecord): Promise<BatchRecord> {
    if (batch.summary !== null) return batch;
    if (this.now() < batch.createdAtMs + batch.plan.queueMs) return batch;
    return this.readInput(batch);
  }

  /** Reads the input of a batch now and notes what it shows. */
  readInput(batch: BatchRecord): Promise<BatchRecord> {
    const known = this.#batches.get(batch.id);
    if (known !== undefined && known.summary !== null) return Promise.resolve(known);
    const running = this.#reading.get(batch.id);
    if (running !== undefined) return running;
    const reading = this.inputs
      .read(batch)
      .then((summary: InputSummary) => this.changeBatch(batch.id, { summary }))
      .finally(() => this.#reading.delete(batch.id));
    this.#reading.set(batch.id, reading);
    return reading;
  }

  /** The state of a batch at this moment. */
  moment(batch: BatchRecord): Moment {
    return momentOf(batch, this.now());
  }

  addFile(file: FileRecord): void {
    this.#record({ kind: "file", file });
  }

  /** Notes an upload, or what it has become. */
  saveUpload(upload: UploadRecord): void {
    this.#record({ kind: "upload", upload });
  }

  /** An upload that goes on. */
  upload(provider: ProviderName, id: string): UploadRecord | null {
    const upload = this.#uploads.get(id);
    if (upload === undefined || upload.provider !== provider) return null;
    return this.now() >= upload.expiresAtMs ? null : upload;
  }

  /** Forgets an upload that is complete or was given up. */
  endUpload(id: string): void {
    this.#record({ kind: "upload-ended", id });
  }

  /** A file of this account that is neither deleted nor expired. */
  file(provider: ProviderName, account: string, id: string): FileRecord | null {
    const file = this.#files.get(id);
    if (file === undefined || file.provider !== provider || file.account !== account) return null;
    if (file.deletedAtMs !== null) return null;
    return file.expiresAtMs !== null && this.now() >= file.expiresAtMs ? null : file;
  }

  /** The files of an account, newest first. */
  *files(provider: ProviderName, account: string): Generator<FileRecord> {
    const ids = this.#accounts.get(`${provider}:${account}`)?.fileIds ?? [];
    for (let index = ids.length - 1; index >= 0; index--) {
      const file = this.file(provider, account, ids[index] ?? "");
      if (file !== null) yield file;
    }
  }

  /** Deletes a file that nobody uploaded. */
  deleteBatchFile(fileId: string): void {
    this.#record({ kind: "file-deleted", id: fileId, atMs: this.now() });
  }

  /** Deletes a file; its bytes stay as long as a batch is made of them. */
  deleteFile(file: FileRecord): void {
    this.#record({ kind: "file-deleted", id: file.id, atMs: this.now() });
    for (const batch of this.#batches.values()) {
      if (batch.input.kind === "file" && batch.input.path === file.path) return;
    }
    rmSync(file.path, { force: true });
  }

  /** Waits for readings in progress, so that the state folder can be removed. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#reading.values());
  }

  /** Everything that outlives a restart. */
  #state(): WorldState {
    return {
      nowMs: this.now(),
      advancedMs: this.#advancedMs,
      accounts: this.#accounts.values(),
      batches: this.#batches,
      historyChanges: this.#historyChanges,
      files: this.#files,
      uploads: this.#uploads,
      gone: this.#gone,
      isBatchFile: (id) => this.#batchFiles.has(id),
    };
  }

  #account(provider: ProviderName, id: string): Account {
    const key = `${provider}:${id}`;
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    const numbers = { batchSequence: 0, fileSequence: 0 };
    const account: Account = { provider, id, met: null, batchIds: [], fileIds: [], ...numbers };
    this.#accounts.set(key, account);
    return account;
  }

  #replay(): void {
    let count = 0;
    this.#journal.replay((entry) => {
      count++;
      // The journal holds only what this class has written; `apply` passes over kinds it does not know.
      this.#apply(withPaths(entry as Entry, (name) => this.pathOf(name)));
    });
    for (const batch of this.#batches.values()) {
      if (isForgotten(batch, this.now())) this.#batches.delete(batch.id);
    }
    const shorter = shorterJournal(this.#state(), count);
    if (shorter !== null) this.#journal.rewrite(shorter.map((entry) => this.#written(entry)));
  }

  /** Paths are noted relative to the state folder, so that it can be moved. */
  #written(entry: Entry): Entry {
    return withPaths(entry, (path) => relative(this.#filesDir, path));
  }

  #record(...entries: readonly Entry[]): void {
    this.#journal.append(entries.map((entry) => this.#written(entry)));
    for (const entry of entries) this.#apply(entry);
  }

  #apply(entry: Entry): void {
    switch (entry.kind) {
      case "account":
        this.#account(entry.provider, entry.account).met = entry;
        for (const batch of historyOf(entry)) {
          this.#insert({ ...batch, summary: this.inputs.readMadeUp(batch) });
        }
        return;
      case "batch":
        this.#insert(completed(entry.batch));
        return;
      case "batch-change": {
        const batch = this.#batches.get(entry.id);
        if (batch === undefined) return;
        this.#batches.set(entry.id, { ...batch, ...entry.change });
        if (batch.origin === "history") {
          this.#historyChanges.set(entry.id, { ...this.#historyChanges.get(entry.id), ...entry.change });
        }
        return;
      }
      case "file": {
        const account = this.#account(entry.file.provider, entry.file.account);
        account.fileIds.push(entry.file.id);
        account.fileSequence = Math.max(account.fileSequence, account.fileIds.length);
        this.#files.set(entry.file.id, entry.file);
        return;
      }
      case "file-deleted": {
        this.#gone.add(entry.id);
        const file = this.#files.get(entry.id);
        if (file !== undefined) this.#files.set(entry.id, { ...file, deletedAtMs: entry.atMs });
        return;
      }
      case "upload":
        this.#uploads.set(entry.upload.id, entry.upload);
        return;
      case "upload-ended":
        this.#uploads.delete(entry.id);
        return;
      case "sequence":
        this.#raise(entry.provider, entry.account, entry.batchSequence, entry.fileSequence);
        return;
      case "clock":
        this.#advancedMs += entry.advanceMs;
    }
  }

  #raise(provider: ProviderName, id: string, batchSequence: number, fileSequence: number): void {
    const account = this.#account(provider, id);
    account.batchSequence = Math.max(account.batchSequence, batchSequence);
    account.fileSequence = Math.max(account.fileSequence, fileSequence);
  }

  #insert(batch: BatchRecord): void {
    const account = this.#account(batch.provider, batch.account);
    account.batchSequence = Math.max(account.batchSequence, batch.sequence);
    this.#batches.set(batch.id, batch);
    this.#link(batch, batch.outputFileId, "output");
    this.#link(batch, batch.errorFileId, "error");
    if (batch.input.kind === "made-up") this.#link(batch, batch.inputFileId, "input");
    // Batches come nearly in order; one made for the past by the control API finds its place from the end.
    let place = account.batchIds.length;
    while (place > 0 && this.#createdAtMs(account.batchIds[place - 1]) > batch.createdAtMs) place--;
    account.batchIds.splice(place, 0, batch.id);
  }

  #link(batch: BatchRecord, fileId: string | null, role: BatchFileRole): void {
    if (fileId !== null) this.#batchFiles.set(fileId, { batchId: batch.id, role });
  }

  #createdAtMs(id: string | undefined): number {
    return id === undefined ? 0 : (this.#batches.get(id)?.createdAtMs ?? 0);
  }
}
