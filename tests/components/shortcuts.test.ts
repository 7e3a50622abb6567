import { describe, expect, it } from "vitest";
import { sequenceMilliseconds, ShortcutReader, shortcuts } from "#components/layout/shortcuts.ts";

function reader() {
  let nowMs = 0;
  const read = new ShortcutReader(() => nowMs);
  return {
    press: (key: string) => read.press(key),
    wait: (milliseconds: number) => {
      nowMs += milliseconds;
    },
  };
}

describe("shortcuts", () => {
  it("of one key run at once", () => {
    expect(reader().press("?")).toEqual({ kind: "open-help" });
  });

  it("of two keys run with the second", () => {
    const { press } = reader();
    expect(press("g")).toBeNull();
    expect(press("j")).toEqual({ kind: "go", href: "/jobs" });
    expect(press("j")).toBeNull();
  });

  it("are forgotten when the second key comes late", () => {
    const { press, wait } = reader();
    press("g");
    wait(sequenceMilliseconds + 1);
    expect(press("j")).toBeNull();
  });

  it("start anew after a wrong key", () => {
    const { press } = reader();
    press("g");
    expect(press("x")).toBeNull();
    expect(press("j")).toBeNull();
    press("g");
    expect(press("g")).toBeNull();
    expect(press("c")).toEqual({ kind: "go", href: "/compare" });
    press("g");
    expect(press("?")).toEqual({ kind: "open-help" });
  });

  it("are all different, and none is the beginning of another", () => {
    const written = shortcuts.map(({ keys }) => keys.join(" "));
    for (const one of written) {
      expect(written.filter((other) => other === one || other.startsWith(`${one} `))).toEqual([one]);
    }
  });
});
