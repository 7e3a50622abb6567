"use client";

import { useEffect, useReducer, useRef, useState, type Dispatch } from "react";
import { accountFilesLineSchema, deleteFilesLineSchema, type AccountFile } from "#lib/domain/account-file.ts";
import { messageOf } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { fetchLines } from "../layout/fetch-lines.ts";
import {
  changeFilesReadings,
  newFilesReading,
  type FilesChange,
  type FilesReading,
} from "./account-files-state.ts";
import type { DeletionOutcome } from "./account-files-words.ts";

export type AccountFiles = {
  readings: readonly FilesReading[];
  /** Lists one provider again. */
  retry: (provider: ProviderId) => void;
  /** Null while nothing is deleted. */
  deletion: { wantedCount: number; deletedCount: number } | null;
  /** Deletes at all providers side by side and resolves with one outcome; never rejects. */
  deleteFiles: (files: readonly AccountFile[]) => Promise<DeletionOutcome>;
  /** What is deleted stays deleted. */
  stop: () => void;
};

/** Lists the files of each provider side by side, so that one that is slow or fails holds up none of the others. */
export function useAccountFiles(providers: readonly ProviderId[]): AccountFiles {
  const [readings, change] = useReducer(changeFilesReadings, providers, (ids) => ids.map(newFilesReading));
  const [deletion, setDeletion] = useState<AccountFiles["deletion"]>(null);
  const page = useRef(new AbortController());
  const deleting = useRef<AbortController | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    page.current = controller;
    for (const provider of providers) void list(provider, controller.signal, change);
    return () => controller.abort();
  }, [providers]);

  async function deleteFiles(files: readonly AccountFile[]): Promise<DeletionOutcome> {
    const controller = new AbortController();
    deleting.current = controller;
    const tally = new DeletionTally(files, (deletedCount) =>
      setDeletion({ wantedCount: files.length, deletedCount }),
    );
    setDeletion({ wantedCount: files.length, deletedCount: 0 });
    const byProvider = Map.groupBy(files, (file) => file.provider);
    await Promise.all(
      [...byProvider].map(([provider, own]) => sendDeletion(provider, own, controller.signal, change, tally)),
    );
    setDeletion(null);
    return tally.outcome();
  }

  return {
    readings,
    retry: (provider) => void list(provider, page.current.signal, change),
    deletion,
    deleteFiles,
    stop: () => deleting.current?.abort(),
  };
}

async function list(provider: ProviderId, signal: AbortSignal, change: Dispatch<FilesChange>): Promise<void> {
  change({ kind: "start", provider });
  let isEnded = false;
  try {
    for await (const line of fetchLines(`/api/account-files/${provider}`, accountFilesLineSchema, {
      signal,
    })) {
      isEnded ||= line.type !== "files";
      change({ kind: "line", provider, line });
    }
    if (!isEnded) throw new Error("Batchmark went away before the list was complete. Try again.");
  } catch (error) {
    if (signal.aborted) return;
    change({ kind: "line", provider, line: { type: "failure", message: messageOf(error) } });
  }
}

async function sendDeletion(
  provider: ProviderId,
  files: readonly AccountFile[],
  signal: AbortSignal,
  change: Dispatch<FilesChange>,
  tally: DeletionTally,
): Promise<void> {
  const options = { signal, body: { fileIds: files.map((file) => file.fileId) } };
  try {
    for await (const line of fetchLines(`/api/account-files/${provider}`, deleteFilesLineSchema, options)) {
      if (line.type === "failure") throw new Error(line.message);
      if (line.type === "progress") tally.add(provider, line);
      change({ kind: "deletionLine", provider, line });
    }
  } catch (error) {
    if (!signal.aborted) tally.brokeOff(messageOf(error));
  }
}

/** Adds up what several providers say of one deletion. */
class DeletionTally {
  readonly #sizes: Map<string, number>;
  readonly #onDeleted: (deletedCount: number) => void;
  readonly #kept = new Map<ProviderId, number>();
  readonly #failures = new Map<ProviderId, DeletionOutcome["failures"]>();
  readonly #breaks: DeletionOutcome["failures"] = [];
  readonly #wantedCount: number;
  #deletedCount = 0;
  #deletedBytes = 0;

  constructor(files: readonly AccountFile[], onDeleted: (deletedCount: number) => void) {
    this.#wantedCount = files.length;
    this.#sizes = new Map(files.map((file) => [file.fileId, file.sizeBytes ?? 0]));
    this.#onDeleted = onDeleted;
  }

  add(
    provider: ProviderId,
    line: { deletedIds: string[]; keptCount: number; failures: DeletionOutcome["failures"] },
  ): void {
    this.#deletedCount += line.deletedIds.length;
    for (const fileId of line.deletedIds) this.#deletedBytes += this.#sizes.get(fileId) ?? 0;
    this.#kept.set(provider, line.keptCount);
    this.#failures.set(provider, line.failures);
    this.#onDeleted(this.#deletedCount);
  }

  /** The rest of this provider's files was not tried; why stands among the reasons without being counted as a file. */
  brokeOff(message: string): void {
    this.#breaks.push({ message, count: 0 });
  }

  outcome(): DeletionOutcome {
    return {
      wantedCount: this.#wantedCount,
      deletedCount: this.#deletedCount,
      deletedBytes: this.#deletedBytes,
      keptCount: [...this.#kept.values()].reduce((sum, count) => sum + count, 0),
      failures: [...[...this.#failures.values()].flat(), ...this.#breaks],
    };
  }
}
