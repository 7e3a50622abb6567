"use client";

import { useCallback, useLayoutEffect, useRef } from "react";

/** A function that never changes and does what `callback` of the latest drawing does. For handlers, not for drawing. */
export function useStableCallback<Arguments extends unknown[], Result>(
  callback: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  const latest = useRef(callback);
  useLayoutEffect(() => {
    latest.current = callback;
  });
  return useCallback((...args: Arguments) => latest.current(...args), []);
}
