"use client";

import { startTransition, useEffect, useState, type RefObject } from "react";

/** What the server draws before any window is known, in rows: what most windows show, and no more. */
const firstRows = 30;
/** What covers the edges of the window: the header of the list, and the bar of the selection. */
const coveredTop = 44;
const coveredBottom = 88;

export type RowsInSight = {
  /** The first and the last row in the window, from 0. */
  first: number;
  last: number;
  /** False until the window was looked at. */
  isMeasured: boolean;
  /** Scrolls as little as needed to bring a row into sight. */
  scrollTo: (index: number) => void;
};

/** Which rows of a long list are in the window while the page itself scrolls. All rows are `rowHeight` pixels high. */
export function useRowsInSight(
  body: RefObject<HTMLElement | null>,
  { total, rowHeight }: { total: number; rowHeight: number },
): RowsInSight {
  const offsetTop = useOffsetTop(body);
  const [range, setRange] = useState({ first: 0, last: firstRows - 1, isMeasured: false });
  useEffect(() => {
    if (offsetTop === null) return undefined;
    const look = () => {
      const first = Math.max(0, Math.floor((window.scrollY - offsetTop) / rowHeight));
      const last = Math.floor((window.scrollY + window.innerHeight - offsetTop) / rowHeight);
      setRange((old) =>
        old.isMeasured && old.first === first && old.last === last ? old : { first, last, isMeasured: true },
      );
    };
    // What is in sight is drawn already; the rows beyond come when the browser has nothing else to do.
    startTransition(look);
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [offsetTop, rowHeight]);
  return {
    first: Math.min(range.first, Math.max(0, total - 1)),
    last: Math.min(Math.max(0, range.last), Math.max(0, total - 1)),
    isMeasured: range.isMeasured,
    scrollTo(index) {
      const top = (offsetTop ?? 0) + index * rowHeight;
      const lowest = top - coveredTop;
      const highest = top + rowHeight + coveredBottom - window.innerHeight;
      if (window.scrollY > lowest) window.scrollTo({ top: lowest });
      else if (window.scrollY < highest) window.scrollTo({ top: highest });
    },
  };
}

/** Where the rows begin on the page; what stands above them can grow. Null until it was laid out. */
function useOffsetTop(body: RefObject<HTMLElement | null>): number | null {
  const [offsetTop, setOffsetTop] = useState<number | null>(null);
  useEffect(() => {
    const measure = () => {
      if (body.current) setOffsetTop(Math.round(body.current.getBoundingClientRect().top + window.scrollY));
    };
    // It calls at first as well, when the page is laid out: to ask before that would make the browser do it twice.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [body]);
  return offsetTop;
}
