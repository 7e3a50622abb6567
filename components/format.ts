/** How numbers, durations, moments and ids are written on screen. Pure; the zone and the present are arguments. */

import { groupThousands } from "#lib/domain/group-thousands.ts";

export type TimeZoneChoice = "utc" | "local";

/** The word for a value that nobody has told us. */
export const unknownText = "unknown";

/** `1,024`; "unknown" for null. A fraction has at most three digits. */
export function formatNumber(value: number | null): string {
  return value === null ? unknownText : groupThousands(Number(value.toFixed(3)));
}

/** `1 job`, `1,024 jobs`. `plural` is needed only for irregular words. */
export function formatQuantity(count: number, noun: string, plural = `${noun}s`): string {
  return `${groupThousands(count)} ${count === 1 ? noun : plural}`;
}

/** A share of 1 as percent with the precision that a reader can use: `0 %`, `0.4 %`, `37 %`, `99.6 %`, `100 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  const nearEdge = (percent > 0 && percent < 1) || (percent > 99 && percent < 100);
  if (!nearEdge) return `${Math.round(percent)} %`;
  if (percent < 0.1) return "< 0.1 %";
  return percent > 99.9 ? "> 99.9 %" : `${percent.toFixed(1)} %`;
}

/** Duration in words: `0.4 s`, `43 s`, `2 min 10 s`, `7.4 h`, `3.2 d`; "unknown" for null. A negative one keeps its sign. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || Number.isNaN(seconds)) return unknownText;
  if (seconds < 0) return `−${formatDuration(-seconds)}`;
  if (seconds < 9.95) return `${trimZero(seconds.toFixed(1))} s`;
  const wholeSeconds = Math.round(seconds);
  if (wholeSeconds < 60) return `${wholeSeconds} s`;
  if (wholeSeconds < 3600) {
    const rest = wholeSeconds % 60;
    const minutes = `${Math.floor(wholeSeconds / 60)} min`;
    return rest === 0 ? minutes : `${minutes} ${rest} s`;
  }
  const hours = seconds / 3600;
  if (hours < 47.95) return `${trimZero(hours.toFixed(1))} h`;
  return `${trimZero((hours / 24).toFixed(1))} d`;
}

function trimZero(fixed: string): string {
  return fixed.replace(/\.0$/, "");
}

const byteUnits = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** Decimal units: `812 bytes`, `1.4 kB`, `203 MB`; "unknown" for null. */
export function formatBytes(sizeBytes: number | null): string {
  if (sizeBytes === null) return unknownText;
  let value = sizeBytes;
  let unit = 0;
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? trimZero(value.toFixed(1)) : groupThousands(Math.round(value));
  return `${digits} ${sizeBytes === 1 ? "byte" : byteUnits[unit]}`;
}

type MomentPrecision = "minute" | "second" | "millisecond";

const months = [
  ["January", "February", "March", "April", "May", "June"],
  ["July", "August", "September", "October", "November", "December"],
].flat();

/** A date whose UTC fields say what a clock in the zone says. */
function inZone(moment: Date, zone: TimeZoneChoice): Date {
  if (zone === "utc") return moment;
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** `22 Nov 2026, 14:05`, or with seconds `14:05:33`, or milliseconds `14:05:33.120`. */
export function formatMoment(
  moment: Date,
  zone: TimeZoneChoice,
  precision: MomentPrecision = "minute",
): string {
  const clock = inZone(moment, zone);
  const month = months[clock.getUTCMonth()]?.slice(0, 3);
  const date = `${clock.getUTCDate()} ${month} ${clock.getUTCFullYear()}`;
  const time = `${twoDigits(clock.getUTCHours())}:${twoDigits(clock.getUTCMinutes())}`;
  const seconds = precision === "minute" ? "" : `:${twoDigits(clock.getUTCSeconds())}`;
  const fraction =
    precision === "millisecond" ? `.${String(clock.getUTCMilliseconds()).padStart(3, "0")}` : "";
  return `${date}, ${time}${seconds}${fraction}`;
}

/** A calendar day without a time, given as `YYYY-MM-DD`: `22 November 2026`. Anything else comes back as it is. */
export function formatDay(day: string): string {
  const moment = new Date(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(moment.getTime())) return day;
  return `${moment.getUTCDate()} ${months[moment.getUTCMonth()]} ${moment.getUTCFullYear()}`;
}

/** The name of the zone that moments are shown in: `UTC`, or the local zone's name. */
export function zoneLabel(zone: TimeZoneChoice): string {
  if (zone === "utc") return "UTC";
  localZone ??= new Intl.DateTimeFormat("en-US", { dateStyle: "short" }).resolvedOptions().timeZone;
  return localZone;
}

let localZone: string | null = null;

const relativeSteps = [
  { below: 60, unit: "s", size: 1 },
  { below: 3600, unit: "min", size: 60 },
  { below: 48 * 3600, unit: "h", size: 3600 },
  { below: Number.POSITIVE_INFINITY, unit: "d", size: 86_400 },
] as const;

/** `just now`, `12 s ago`, `3 min ago`, `2 h ago`, `3 d ago`; ahead of now: `in 3 min`. Never rounds up. */
export function formatRelative(moment: Date, now: Date): string {
  const seconds = (now.getTime() - moment.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 5) return "just now";
  const step = relativeSteps.find((candidate) => distance < candidate.below) ?? relativeSteps[3];
  const amount = `${groupThousands(Math.floor(distance / step.size))} ${step.unit}`;
  return seconds > 0 ? `${amount} ago` : `in ${amount}`;
}

/** Keeps start and end of a long id: `batch_68f1…9c2e`. Ids of at most `length` characters stay whole. */
export function truncateMiddle(text: string, length = 18): string {
  if (text.length <= length) return text;
  const tail = Math.min(4, Math.floor((length - 1) / 2));
  return `${text.slice(0, length - 1 - tail)}…${text.slice(-tail)}`;
}
