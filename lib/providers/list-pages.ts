import type { CallContext } from "./call-provider.ts";
import { unreadableReplyError } from "./provider-failure.ts";
import type { ProviderJob } from "./provider.ts";

/** `next` leads to the page after it; null on the last one. */
export type Page<Item> = { items: Item[]; next: string | null };

/** A million batches at 100 a page: a list that goes on after that leads in circles. */
const mostPages = 10_000;

/**
 * The items of a list, each page fetched when it is needed. A list that leads back to a page it has shown rejects with
 * `unreadable_reply`: ending it there would hide what comes after, and a batch that seems missing is made twice.
 */
export async function* listPages<Item>(
  context: CallContext,
  readPage: (cursor: string | null) => Promise<Page<Item>>,
): AsyncIterable<Item> {
  const shown = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await readPage(cursor);
    yield* page.items;
    cursor = page.next;
    if (cursor !== null && (shown.has(cursor) || shown.size >= mostPages)) {
      throw unreadableReplyError(`its list does not end after ${shown.size + 1} pages.`, context);
    }
    if (cursor !== null) shown.add(cursor);
  } while (cursor !== null);
}

/** A whole list, for those that are short by their nature. Rejects like `listPages`. */
export async function readAllPages<Item>(
  context: CallContext,
  readPage: (cursor: string | null) => Promise<Page<Item>>,
): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of listPages(context, readPage)) all.push(item);
  return all;
}

/** Batches newest first, until one was created before `since`: no provider's list can be asked for a time. */
export async function* jobsSince(
  context: CallContext,
  since: Date,
  readPage: (cursor: string | null) => Promise<Page<ProviderJob>>,
): AsyncIterable<ProviderJob> {
  for await (const job of listPages(context, readPage)) {
    if (job.timestamps.createdAt && job.timestamps.createdAt < since) return;
    yield job;
  }
}
