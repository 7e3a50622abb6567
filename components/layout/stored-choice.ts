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
  const notifyAll = () => listeners.forEach((notify) => notify());
  // One for all: a page can show hundreds of moments, each in the chosen zone.
  const onStorage = (event: StorageEvent) => {
    if (event.key === key) notifyAll();
  };
  let chosenWithoutStorage = fallback;
  return {
    subscribe(listener) {
      if (listeners.size === 0) window.addEventListener("storage", onStorage);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) window.removeEventListener("storage", onStorage);
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
      notifyAll();
    },
  };
}
