import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["tiny", "small", "base", "title"] }] } },
});

/** Joins class names; of two Tailwind classes for the same property the later one holds. */
export function classNames(...values: ClassValue[]): string {
  return merge(clsx(values));
}
