import { currentTime } from "../live/clock";
import { currentLocale, t } from "./text";

// Instants as the reader says them: their zone, their language. The exact instant goes into a title.

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions) {
  const key = currentLocale() + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(currentLocale(), options);
    formats.set(key, made);
  }
  return made;
}

export type Instant = string | number | Date;

export const clock = (at: Instant, zone?: string) =>
  format({ hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(at));

/** "14:03" today, "Mon 14:03" this week, else with the date. */
export function shortTime(at: Instant, now = currentTime()) {
  const days = dayDistance(at, now);
  if (days === 0) return clock(at);
  if (days > 0 && days < 7)
    return format({ weekday: "short", hour: "2-digit", minute: "2-digit" }).format(new Date(at));
  return format({ dateStyle: "medium" }).format(new Date(at));
}

/** To the second, with the zone: for titles. */
export const exactTime = (at: Instant) =>
  format({ dateStyle: "full", timeStyle: "long" }).format(new Date(at));

/** Day and time; the year too when it is another one. */
export const mediumTime = (at: Instant, zone?: string) =>
  format({
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(new Date(at).getFullYear() === currentTime().getFullYear() ? {} : { year: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  }).format(new Date(at));

/** The heading of a day. */
export function dayName(at: Instant, now = currentTime()) {
  const days = dayDistance(at, now);
  if (days === 0) return t("time.today");
  if (days === 1) return t("time.yesterday");
  const date = new Date(at);
  return format(
    date.getFullYear() === now.getFullYear()
      ? { weekday: "long", day: "numeric", month: "long" }
      : { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  ).format(date);
}

/** How many midnights of the reader's zone lie between. */
export function dayDistance(at: Instant, now: Instant) {
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

export const sameDay = (a: Instant, b: Instant) => midnight(a) === midnight(b);

function midnight(at: Instant) {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

/** Minutes that a zone is ahead of UTC at an instant. */
export function zoneOffset(zone: string, at = currentTime()) {
  const name = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value;
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? "");
  if (!found) return 0;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether clocks there show something else than the reader's. */
export function differs(zone: string, at = currentTime()) {
  try {
    return zoneOffset(zone, at) !== zoneOffset(here, at);
  } catch {
    return false;
  }
}

export interface Hours {
  day: number;
  from: string;
  to: string;
}

/** Where somebody is in their working week: at work until a time, or off until the next. */
export function workState(hours: Hours[], zone: string, at = currentTime()) {
  if (hours.length === 0) return undefined;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  const day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part("weekday")) + 1;
  const time = `${part("hour")}:${part("minute")}`;
  const today = hours.filter((h) => h.day === day).sort((a, b) => (a.from < b.from ? -1 : 1));
  const current = today.find((h) => h.from <= time && time < h.to);
  if (current) {
    let until = current.to;
    for (const next of today) if (next.from === until) until = next.to;
    return { working: true as const, until };
  }
  for (let ahead = 0; ahead <= 7; ahead++) {
    const weekday = ((day - 1 + ahead) % 7) + 1;
    const next = hours
      .filter((h) => h.day === weekday && (ahead > 0 || h.from > time))
      .sort((a, b) => (a.from < b.from ? -1 : 1))[0];
    if (next) return { working: false as const, from: next.from, weekday, ahead };
  }
  return undefined;
}

/** The name of a weekday, 1 is Monday. */
export const weekdayName = (day: number) =>
  format({ weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, day)));

export function fileSize(bytes: number) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return new Intl.NumberFormat(currentLocale(), {
    style: "unit",
    unit: units[unit],
    unitDisplay: unit === 0 ? "long" : "short", // "4 bytes", for there is no short word
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

export const listNames = (names: string[]) =>
  new Intl.ListFormat(currentLocale(), { style: "long", type: "conjunction" }).format(names);

/** A stretch of time in words: "42 seconds", "2 minutes". */
export function duration(seconds: number) {
  const [value, unit] =
    seconds < 90
      ? [Math.ceil(seconds), "second"]
      : seconds < 5400
        ? [Math.ceil(seconds / 60), "minute"]
        : [Math.ceil(seconds / 3600), "hour"];
  return new Intl.NumberFormat(currentLocale(), {
    style: "unit",
    unit: unit as string,
    unitDisplay: "long",
  }).format(value as number);
}

/** Days of the calendar, as "2026-12-25": without a zone. */
export const date = {
  long: (day: string) => format({ dateStyle: "full", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`)),
  /** Of an instant, here, as a field of the browser wants it. */
  field: (at: Date) =>
    new Date(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())).toISOString().slice(0, 10),
};
