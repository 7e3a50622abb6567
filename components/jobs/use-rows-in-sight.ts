"use client";

import { useEffect, useLayoutEffect, useState, type RefObject } from "react";

/** What the server draws before any window is known, in rows. */
const firstRows = 28;
/** What covers the edges of the window: the header of the list, and the bar of the selection. */
const coveredTop = 44;
const coveredBottom = 88;

export type RowsInSight = {
  /** The first and the last row in the window, from 0. */
  first: number;
  last: number;
  /** Scrolls as little as needed to bring a row into sight. */
  scrollTo: (index: number) => void;
};

/** Which rows of a long list are in the window while the page itself scrolls. All rows are `rowHeight` pixels high. */
export function useRowsInSight(
  body: RefObject<HTMLElement | null>,
  { total, rowHeight }: { total: number; rowHeight: number },
): RowsInSight {
  const offsetTop = useOffsetTop(body);
  const [range, setRange] = useState({ first: 0, last: firstRows - 1 });
  useEffect(() => {
    const look = () => {
      const first = Math.max(0, Math.floor((window.scrollY - offsetTop) / rowHeight));
      const last = Math.floor((window.scrollY + window.innerHeight - offsetTop) / rowHeight);
      setRange((old) => (old.first === first && old.last === last ? old : { first, last }));
    };
    look();
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
    scrollTo(index) {
      const top = offsetTop + index * rowHeight;
      const lowest = top - coveredTop;
      const highest = top + rowHeight + coveredBottom - window.innerHeight;
      if (window.scrollY > lowest) window.scrollTo({ top: lowest });
      else if (window.scrollY < highest) window.scrollTo({ top: highest });
    },
  };
}

/** Where the rows begin on the page; what stands above them can grow. */
function useOffsetTop(body: RefObject<HTMLElement | null>): number {
  const [offsetTop, setOffsetTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (body.current) setOffsetTop(Math.round(body.current.getBoundingClientRect().top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [body]);
  return offsetTop;
}
