import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatDay,
  formatDuration,
  formatMoment,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatRelative,
  truncateMiddle,
} from "#components/format.ts";

describe("numbers", () => {
  it("groups thousands and writes null as unknown", () => {
    expect(formatNumber(1024)).toBe("1,024");
    expect(formatNumber(0)).toBe("0");
    expect(formatNumber(null)).toBe("unknown");
  });

  it("writes them as the browser would", () => {
    const format = new Intl.NumberFormat("en-US");
    for (const value of [
      7, 999, 1000, 12_345, 999_999, 1_234_567, 50_000_000_000, -1200, 0.5, 1234.56789, 2.9996,
    ]) {
      expect(formatNumber(value)).toBe(format.format(value));
    }
  });

  it("uses the singular for one alone", () => {
    expect(formatQuantity(1, "job")).toBe("1 job");
    expect(formatQuantity(0, "job")).toBe("0 jobs");
    expect(formatQuantity(2, "reply", "replies")).toBe("2 replies");
  });

  it.each([
    [0, "0 %"],
    [0.0004, "< 0.1 %"],
    [0.004, "0.4 %"],
    [0.37, "37 %"],
    [0.996, "99.6 %"],
    [0.9999, "> 99.9 %"],
    [1, "100 %"],
  ])("writes the share %s without rounding it to none or all", (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });

  it.each([
    [1, "1 byte"],
    [812, "812 bytes"],
    [1400, "1.4 kB"],
    [999_900, "1 MB"],
    [203_000_000, "203 MB"],
    [null, "unknown"],
  ])("writes %s bytes in decimal units", (size, text) => {
    expect(formatBytes(size)).toBe(text);
  });
});

describe("durations", () => {
  it.each([
    [0, "0 s"],
    [0.42, "0.4 s"],
    [9.94, "9.9 s"],
    [9.96, "10 s"],
    [59.6, "1 min"],
    [130, "2 min 10 s"],
    [3599.7, "1 h"],
    [26_640, "7.4 h"],
    [86_400, "24 h"],
    [276_480, "3.2 d"],
    [-3, "−3 s"],
    [null, "unknown"],
    [Number.NaN, "unknown"],
  ])("writes %s seconds as %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe("moments", () => {
  const moment = new Date("2026-11-22T14:05:33.120Z");

  it("writes them to the minute, second or millisecond", () => {
    expect(formatMoment(moment, "utc")).toBe("22 Nov 2026, 14:05");
    expect(formatMoment(moment, "utc", "second")).toBe("22 Nov 2026, 14:05:33");
    expect(formatMoment(moment, "utc", "millisecond")).toBe("22 Nov 2026, 14:05:33.120");
  });

  it("writes them in the zone of this machine as the browser would", () => {
    for (let month = 0; month < 12; month += 1) {
      const each = new Date(Date.UTC(2026, month, 3, 22, 7, 9));
      const day = each.toLocaleDateString("en-US", { day: "numeric" });
      const time = each.toLocaleTimeString("en-US", { timeStyle: "medium", hourCycle: "h23" });
      const monthName = each.toLocaleDateString("en-US", { month: "short" });
      expect(formatMoment(each, "local", "second")).toBe(`${day} ${monthName} 2026, ${time}`);
    }
  });

  it("writes midnight as 00:00", () => {
    expect(formatMoment(new Date("2026-09-01T00:00:00Z"), "utc")).toBe("1 Sep 2026, 00:00");
  });

  it.each([
    ["2026-11-22T14:05:30Z", "just now"],
    ["2026-11-22T14:05:21Z", "12 s ago"],
    ["2026-11-22T14:02:00Z", "3 min ago"],
    ["2026-11-22T12:00:00Z", "2 h ago"],
    ["2026-11-19T14:05:00Z", "3 d ago"],
    ["2026-11-22T14:09:00Z", "in 3 min"],
  ])("says how far %s is from now", (text, relative) => {
    expect(formatRelative(new Date(text), moment)).toBe(relative);
  });

  it("writes calendar days in words and leaves other text as it is", () => {
    expect(formatDay("2026-10-23")).toBe("23 October 2026");
    expect(formatDay("soon")).toBe("soon");
    expect(formatDay("2026-13-45")).toBe("2026-13-45");
  });
});

describe("ids", () => {
  it("cuts the middle out of long ones and keeps short ones whole", () => {
    expect(truncateMiddle("batch_68f1a2b3c4d5e6f79c2e")).toBe("batch_68f1a2b…9c2e");
    expect(truncateMiddle("batch_68f1a2b3c4d5e6f79c2e")).toHaveLength(18);
    expect(truncateMiddle("batch_0")).toBe("batch_0");
  });
});
