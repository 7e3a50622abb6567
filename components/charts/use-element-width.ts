import { useCallback, useState } from "react";

/** The width in pixels of the element that gets the ref; `initialPixels` until it is measured. */
export function useElementWidth(
  initialPixels: number,
): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [widthPixels, setWidthPixels] = useState(initialPixels);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const measure = () => setWidthPixels(Math.max(240, Math.round(element.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, widthPixels];
}
