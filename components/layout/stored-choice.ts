/** A choice of the user that outlasts the page, shared by all tabs of this browser. */
export type StoredChoice<T extends string> = {
  subscribe: (listener: () => void) => () => void;
  read: () => T;
  choose: (value: T) => void;
};

/** Keeps one of `values` in the browser's storage under `key`; anything else found there counts as `fallback`. */
export function storedChoice<T extends string>(
  key: string,
  values: readonly T[],
  fallback: T,
): StoredChoice<T> {
  const listeners = new Set<() => void>();
  let chosenWithoutStorage = fallback;
  return {
    subscribe(listener) {
      const onStorage = (event: StorageEvent) => {
        if (event.key === key) listener();
      };
      listeners.add(listener);
      window.addEventListener("storage", onStorage);
      return () => {
        listeners.delete(listener);
        window.removeEventListener("storage", onStorage);
      };
    },
    read() {
      try {
        const stored = window.localStorage.getItem(key);
        return values.find((value) => value === stored) ?? fallback;
      } catch {
        // A browser may forbid storage; the choice then lasts as long as the page.
        return chosenWithoutStorage;
      }
    },
    choose(value) {
      chosenWithoutStorage = value;
      try {
        window.localStorage.setItem(key, value);
      } catch {
        // As above.
      }
      listeners.forEach((notify) => notify());
    },
  };
}
