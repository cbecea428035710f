import type { Hours, Reach } from "../../api/types";
import { instantOf, minutesOf, wall } from "../../people/availability";

// When I may be disturbed by what is not urgent: as the server reckons it, to say it in words. Pure.

export interface Calendar extends Pick<Reach, "quiet" | "off" | "leave" | "focus"> {
  hours: Hours[];
  zone: string;
}

const day = 86_400_000;
const ahead = 21; // days that are looked at

const within = (hours: Hours[], weekday: number, minute: number) =>
  hours.some((one) => one.day === weekday && minutesOf(one.from) <= minute && minute < minutesOf(one.to));

function clockAt({ zone }: Calendar, at: Date) {
  const here = wall(zone, at);
  return {
    date: here.toISOString().slice(0, 10),
    weekday: here.getUTCDay() || 7,
    minute: here.getUTCHours() * 60 + here.getUTCMinutes(),
  };
}

/** Whether quiet hours hold then. */
export function isQuiet(calendar: Calendar, at: Date) {
  const { weekday, minute } = clockAt(calendar, at);
  return within(calendar.quiet, weekday, minute);
}

export function isFree(calendar: Calendar, at: Date): boolean {
  const { hours, off, leave, focus } = calendar;
  const { date, weekday, minute } = clockAt(calendar, at);
  if (hours.length > 0 && !within(hours, weekday, minute)) return false;
  if (isQuiet(calendar, at) || off.includes(date)) return false;
  if (focus && at.getTime() < Date.parse(focus)) return false;
  return !leave || at.getTime() < Date.parse(leave.from) || at.getTime() >= Date.parse(leave.to);
}

/** The first instant from then on at which I may be disturbed; undefined when none is in sight. */
export function nextFree(calendar: Calendar, from: Date): Date | undefined {
  if (isFree(calendar, from)) return from;
  const today = wall(calendar.zone, from);
  const midnight = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
  // It can become free only where something begins or ends.
  const edges = [calendar.focus, calendar.leave?.to].flatMap((at) => (at ? [Date.parse(at)] : []));
  const times = [
    0,
    ...[...calendar.hours, ...calendar.quiet].flatMap(({ from, to }) => [minutesOf(from), minutesOf(to)]),
  ];
  for (let days = 0; days < ahead; days++)
    for (const minute of new Set(times))
      edges.push(instantOf(calendar.zone, new Date(midnight + days * day + minute * 60_000)).getTime());
  const found = edges
    .filter((at) => at > from.getTime())
    .sort((a, b) => a - b)
    .find((at) => isFree(calendar, new Date(at)));
  return found === undefined ? undefined : new Date(found);
}

/** Tonight at eleven, where I am; after that, now. */
export function tonight(zone: string, now: Date): Date {
  const here = wall(zone, now);
  if (here.getUTCHours() >= 23) return now;
  const date = Date.UTC(here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate());
  return instantOf(zone, new Date(date + 23 * 3_600_000));
}

/** From the first day of a leave until the end of the last. */
export const daysOff = (zone: string, first: string, last: string) => ({
  from: instantOf(zone, new Date(`${first}T00:00:00Z`)).toISOString(),
  to: instantOf(zone, new Date(Date.parse(`${last}T00:00:00Z`) + day)).toISOString(),
});

/** The first and the last day of a leave. */
export const daysOf = (zone: string, { from, to }: { from: string; to: string }) => ({
  first: wall(zone, new Date(from)).toISOString().slice(0, 10),
  last: wall(zone, new Date(Date.parse(to) - 1000))
    .toISOString()
    .slice(0, 10),
});
