import { clsx, type ClassValue } from "clsx";

/**
 * Joins class names. Of two Tailwind classes for the same property the style sheet decides which one holds, not their
 * order: a component that can look two ways takes the way as a property.
 */
export function classNames(...values: ClassValue[]): string {
  return clsx(values);
}
