import type { Hours } from "../api/types";
import { availability, instantOf, wall } from "../people/availability";

// The times that are offered: for an answer, for sending later, for being reminded. Pure; the reader's days are those of the browser.

export interface Clock {
  hours: Hours[];
  zone: string;
}

export interface Offer<ID extends string> {
  id: ID;
  at: Date;
}

const minute = 60_000;
const hour = 60 * minute;

/** The next full five minutes. */
const round = (at: number) => new Date(Math.ceil(at / (5 * minute)) * 5 * minute);

/** A time of day so many days from now, where the reader is. */
function onDay(now: Date, days: number, hours: number) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hours);
}

/** When somebody stops working: today, or else on their next day. Who has no hours stops at five. */
export function endOfDay({ hours, zone }: Clock, now: Date): Date {
  const soon = new Date(now.getTime() + 10 * minute);
  const found = availability(hours, zone, soon);
  if (found.state === "working") return found.until;
  if (found.state !== "unknown") {
    const then = availability(hours, zone, found.from);
    if (then.state === "working") return then.until;
  }
  return dayTime(zone, soon, 17);
}

/** When somebody next begins to work. Who has no hours begins at nine. */
export function startOfWork({ hours, zone }: Clock, now: Date): Date {
  const found = availability(hours, zone, now);
  if (found.state === "unknown") return dayTime(zone, now, 9);
  if (found.state !== "working") return found.from;
  const next = availability(hours, zone, found.until);
  return next.state === "working" || next.state === "unknown" ? dayTime(zone, now, 9) : next.from;
}

/** The next time that clocks in a zone show a full hour. */
function dayTime(zone: string, now: Date, at: number): Date {
  const here = wall(zone, now);
  const on = (days: number) =>
    instantOf(
      zone,
      new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate() + days, at)),
    );
  return on(0) > now ? on(0) : on(1);
}

/** By when an answer may be wanted. Of a direct conversation it is the other's day that ends. */
export function deadlines(now: Date, me: Clock, other?: Clock): Offer<"hours" | "day" | "noon">[] {
  return [
    { id: "hours" as const, at: round(now.getTime() + 2 * hour) },
    { id: "day" as const, at: endOfDay(other ?? me, now) },
    { id: "noon" as const, at: onDay(now, 1, 12) },
  ].filter(({ at }, index, all) => all.findIndex((one) => one.at.getTime() === at.getTime()) === index);
}

/** When something may be sent. */
export function laters(now: Date, other?: Clock): Offer<"work" | "hour" | "morning" | "monday">[] {
  return [
    ...(other ? [{ id: "work" as const, at: startOfWork(other, now) }] : []),
    { id: "hour" as const, at: round(now.getTime() + hour) },
    { id: "morning" as const, at: onDay(now, 1, 9) },
    ...(monday(now) > 1 ? [{ id: "monday" as const, at: onDay(now, monday(now), 9) }] : []),
  ];
}

/** When one may be reminded. */
export function reminders(now: Date, me: Clock): Offer<"minutes" | "hour" | "start" | "week">[] {
  const tomorrow = onDay(now, 1, 0);
  const start = startOfWork(me, new Date(Math.max(tomorrow.getTime(), now.getTime())));
  const week = startOfWork(me, onDay(now, monday(now), 0));
  return [
    { id: "minutes" as const, at: new Date(now.getTime() + 20 * minute) },
    { id: "hour" as const, at: new Date(now.getTime() + hour) },
    { id: "start" as const, at: start },
    ...(week.getTime() === start.getTime() ? [] : [{ id: "week" as const, at: week }]),
  ];
}

/** How many days until the next Monday. */
const monday = (now: Date) => 8 - (now.getDay() || 7);

/** What a field for date and time shows, and back. */
export const fieldValue = (at: Date) =>
  new Date(at.getTime() - at.getTimezoneOffset() * minute).toISOString().slice(0, 16);
export const fromField = (value: string) => (value ? new Date(value) : undefined);
