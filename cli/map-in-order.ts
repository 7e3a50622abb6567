/**
 * Maps a stream with at most `limit` calls at a time and gives the results in the order of the items. Holds at most `limit`
 * items; stops taking new ones when a call rejects.
 */
export async function* mapInOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  limit: number,
  map: (item: Item) => Promise<Result>,
): AsyncIterable<Result> {
  const running: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = map(item);
      // A rejection is thrown where its turn comes; until then it must not count as unhandled.
      result.catch(() => undefined);
      running.push(result);
      if (running.length < limit) continue;
      const first = running.shift();
      if (first) yield await first;
    }
    while (running.length > 0) {
      const next = running.shift();
      if (next) yield await next;
    }
  } finally {
    await Promise.allSettled(running);
  }
}
