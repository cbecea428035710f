import type { Hours } from "../api/types";

// Where somebody is in their week: at work until then, or off until then. Computed on the clock of their zone, so that it holds
// on the days when clocks change. Pure.

export type Availability =
  | { state: "working"; until: Date }
  | { state: "off" | "asleep"; from: Date }
  | { state: "unknown" };

const day = 86_400_000;
const minute = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string) {
  let made = formats.get(zone);
  if (!made) {
    made = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, made);
  }
  return made;
}

/** What clocks in the zone show at an instant, as if it were UTC: a Date to be read with getUTC…. */
export function wall(zone: string, at: Date): Date {
  const part: Record<string, number> = {};
  for (const { type, value } of clockOf(zone).formatToParts(at)) part[type] = Number(value);
  return new Date(Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second));
}

/** The instant at which clocks in the zone show this. A time that is skipped in spring is moved on by what was skipped. */
export function instantOf(zone: string, shown: Date): Date {
  const ahead = (at: number) => wall(zone, new Date(at)).getTime() - Math.floor(at / 1000) * 1000;
  const guess = shown.getTime() - ahead(shown.getTime());
  const again = shown.getTime() - ahead(guess);
  return new Date(wall(zone, new Date(again)).getTime() === shown.getTime() ? again : Math.max(guess, again));
}

/** Minutes since midnight of "09:30"; "24:00" is the day's end. */
export function minutesOf(time: string) {
  const [hours, minutes] = time.split(":").map(Number);
  return hours! * 60 + minutes!;
}

/** The stretches of work around an instant, joined where one ends as the next begins. */
function shifts(hours: Hours[], zone: string, at: Date): { from: number; to: number }[] {
  const today = wall(zone, at);
  const midnight = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
  const all: { from: number; to: number }[] = [];
  for (let ahead = -1; ahead <= 8; ahead++) {
    const date = midnight + ahead * day;
    const weekday = new Date(date).getUTCDay() || 7;
    for (const stretch of hours) {
      if (stretch.day !== weekday) continue;
      all.push({
        from: instantOf(zone, new Date(date + minutesOf(stretch.from) * minute)).getTime(),
        to: instantOf(zone, new Date(date + minutesOf(stretch.to) * minute)).getTime(),
      });
    }
  }
  all.sort((a, b) => a.from - b.from);
  const joined: typeof all = [];
  for (const shift of all) {
    const last = joined.at(-1);
    if (last && shift.from <= last.to) last.to = Math.max(last.to, shift.to);
    else if (shift.to > shift.from) joined.push(shift);
  }
  return joined;
}

export function availability(hours: Hours[], zone: string, at: Date): Availability {
  if (hours.length === 0) return { state: "unknown" };
  try {
    const now = at.getTime();
    const next = shifts(hours, zone, at).find((shift) => shift.to > now);
    if (!next) return { state: "unknown" };
    if (next.from <= now) return { state: "working", until: new Date(next.to) };
    const hour = wall(zone, at).getUTCHours();
    return { state: hour >= 22 || hour < 7 ? "asleep" : "off", from: new Date(next.from) };
  } catch {
    return { state: "unknown" }; // a zone that this browser does not know
  }
}

/** How many midnights of the zone lie between two instants. */
export function daysBetween(zone: string, from: Date, to: Date) {
  const date = (at: Date) => Math.floor(wall(zone, at).getTime() / day);
  return date(to) - date(from);
}
