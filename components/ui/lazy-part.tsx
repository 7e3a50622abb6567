"use client";

import {
  lazy,
  Suspense,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  type ComponentType,
  type ReactNode,
} from "react";

export type LazyPart<Props> = {
  (props: Props): ReactNode;
  /** Begins to load it, so that it is there when it is asked for. */
  preload: () => void;
};

/**
 * A part of a page that nobody needs at first, in a file of its own that is loaded when it is first drawn. Until then it
 * keeps the properties it began with: React throws away what the server has drawn when other ones come before the file.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  const loadAsDefault = async () => ({ default: await load() });
  const Part = lazy(loadAsDefault);
  function DrawnPart(props: Props): ReactNode {
    const [firstProps] = useState(() => props);
    const [isThere, setIsThere] = useState(false);
    const shownProps = isThere ? props : firstProps;
    return useMemo(
      () => (
        <Suspense>
          <Part {...shownProps} />
          <Arrival onArrive={setIsThere} />
        </Suspense>
      ),
      [shownProps],
    );
  }
  // What does not arrive now is asked for again, and its absence shown, when the part is drawn.
  return Object.assign(DrawnPart, { preload: () => void load().catch(() => {}) });
}

function Arrival({ onArrive }: { onArrive: (isThere: true) => void }): ReactNode {
  useLayoutEffect(() => onArrive(true), [onArrive]);
  return null;
}

/** Whether `value` is or was true: what was opened once stays, so that it can fade away when it is closed. */
export function useEverTrue(value: boolean): boolean {
  const [wasTrue, setWasTrue] = useState(value);
  if (value && !wasTrue) setWasTrue(true);
  return value || wasTrue;
}

/** Loads a part when the browser has nothing else to do after the page is there, so that it opens at once. */
export function usePreload({ preload }: { preload: () => void }): void {
  useEffect(() => {
    // Safari has no idle callbacks.
    if (typeof window.requestIdleCallback !== "function") {
      const timer = setTimeout(preload, 1000);
      return () => clearTimeout(timer);
    }
    const request = window.requestIdleCallback(preload, { timeout: 3000 });
    return () => window.cancelIdleCallback(request);
  }, [preload]);
}

export type LoadedPart<Props> = {
  /** Null until it is loaded. */
  readonly current: ComponentType<Props> | null;
  load: () => Promise<void>;
  /** Begins to load it, so that it is there when it is asked for. */
  preload: () => void;
};

/** As `lazyPart`, for what must be there before something opens, because its size and its focus are asked for then. */
export function loadedPart<Props>(load: () => Promise<ComponentType<Props>>): LoadedPart<Props> {
  let current: ComponentType<Props> | null = null;
  const loadOnce = async () => {
    current ??= await load();
  };
  return {
    get current() {
      return current;
    },
    load: loadOnce,
    preload: () => void loadOnce().catch(() => {}),
  };
}
