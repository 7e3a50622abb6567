import { navigationItems } from "./navigation-items.ts";

/** What a shortcut of the whole dashboard does. */
export type ShortcutCommand =
  | { kind: "open-palette" }
  | { kind: "open-help" }
  | { kind: "toggle-pause" }
  | { kind: "go"; href: string };

export type Shortcut = {
  /** Keys pressed one after another, as `KeyboardEvent.key` names them. */
  keys: readonly string[];
  label: string;
  command: ShortcutCommand;
};

const pageKeys: Readonly<Record<string, string>> = {
  "/": "o",
  "/launch": "l",
  "/job-sets": "s",
  "/jobs": "j",
  "/compare": "c",
  "/providers": "p",
};

/** Shortcuts of letters alone. The palette's own, Ctrl K or ⌘ K, is read apart: it works in text fields as well. */
export const shortcuts: readonly Shortcut[] = [
  { keys: ["?"], label: "Show this help", command: { kind: "open-help" } },
  { keys: ["."], label: "Pause or resume live updates", command: { kind: "toggle-pause" } },
  ...navigationItems.flatMap(({ href, label }): Shortcut[] => {
    const key = pageKeys[href];
    return key ? [{ keys: ["g", key], label: `Go to ${label}`, command: { kind: "go", href } }] : [];
  }),
];

/** A second key counts only within this time of the first. */
export const sequenceMilliseconds = 1500;

/** Reads keys pressed one after another; a pause or a wrong key starts anew. */
export class ShortcutReader {
  readonly #now: () => number;
  #pressed: string[] = [];
  #lastPressedMs = Number.NEGATIVE_INFINITY;

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The command that this key completes, or null. */
  press(key: string): ShortcutCommand | null {
    const nowMs = this.#now();
    if (nowMs - this.#lastPressedMs > sequenceMilliseconds) this.#pressed = [];
    this.#lastPressedMs = nowMs;
    this.#pressed = this.#beginning([...this.#pressed, key]) ?? this.#beginning([key]) ?? [];
    const done = shortcuts.find(
      ({ keys }) =>
        keys.length === this.#pressed.length && keys.every((name, at) => name === this.#pressed[at]),
    );
    if (done) this.#pressed = [];
    return done?.command ?? null;
  }

  #beginning(pressed: string[]): string[] | null {
    const isBeginning = shortcuts.some(({ keys }) => pressed.every((name, at) => name === keys[at]));
    return isBeginning ? pressed : null;
  }
}
