const databaseName = "batchmark";
const storeName = "launch-prompts";
/** One draft a browser, so one record. */
const recordKey = "draft";

/** Prompts of the launch draft that are too large for the browser's small storage. */
export type KeptPrompts = { pastedText: string | null; file: { name: string; bytes: Uint8Array } | null };

/** Keeps large prompts over a reload. A full or forbidden storage only means that a reload loses them. */
export async function keepPrompts(prompts: KeptPrompts): Promise<void> {
  await inStore("readwrite", (store) => store.put(prompts, recordKey)).catch(() => undefined);
}

export async function forgetPrompts(): Promise<void> {
  await inStore("readwrite", (store) => store.delete(recordKey)).catch(() => undefined);
}

/** What `keepPrompts` kept; null when there is nothing or storage is not allowed. */
export async function loadPrompts(): Promise<KeptPrompts | null> {
  const record = await inStore("readonly", (store) => store.get(recordKey)).catch(() => null);
  return isKeptPrompts(record) ? record : null;
}

function isKeptPrompts(record: unknown): record is KeptPrompts {
  return typeof record === "object" && record !== null && "pastedText" in record && "file" in record;
}

async function inStore<Result>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open();
  try {
    const transaction = database.transaction(storeName, mode);
    return await resultOf(act(transaction.objectStore(storeName)));
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = window.indexedDB.open(databaseName, 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(storeName));
  return resultOf(request);
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () =>
      reject(request.error ?? new Error("The browser's storage failed.")),
    );
  });
}
