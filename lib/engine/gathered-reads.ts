/**
 * Reads many rows with one statement although each is asked for by itself: keys that are asked for in the same turn of
 * the event loop are read together, and everybody gets what stands under their key, or null. A failed read rejects to
 * all who asked.
 */
export class GatheredReads<Value> {
  readonly #readAll: (keys: string[]) => Promise<Map<string, Value>>;
  #gathered: { keys: Set<string>; values: Promise<Map<string, Value>> } | null = null;

  constructor(readAll: (keys: string[]) => Promise<Map<string, Value>>) {
    this.#readAll = readAll;
  }

  async read(key: string): Promise<Value | null> {
    this.#gathered ??= this.#gather();
    this.#gathered.keys.add(key);
    return (await this.#gathered.values).get(key) ?? null;
  }

  #gather() {
    const keys = new Set<string>();
    const values = new Promise<void>((resolve) => {
      setImmediate(resolve);
    }).then(() => {
      this.#gathered = null;
      return this.#readAll([...keys]);
    });
    return { keys, values };
  }
}
