import type { Hours } from "../api/types";
import { instantOf, minutesOf, wall } from "../people/availability";

// Until when one puts something off. Pure.

export type Until = "hour" | "tomorrow" | "monday";

const day = 86_400_000;
const usual = 9 * 60; // minutes: when the day begins for who has no hours

/** When my work begins on the nth day from now; on a day without work, as early as on others. */
function start(hours: Hours[], zone: string, now: Date, days: number): Date {
  const today = wall(zone, now);
  const date = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()) + days * day;
  const weekday = new Date(date).getUTCDay() || 7;
  const from = (of: Hours[]) => Math.min(...of.map((one) => minutesOf(one.from)));
  const those = hours.filter((one) => one.day === weekday && one.from !== "00:00"); // midnight is the end of a night
  const minutes = from(those.length ? those : hours.filter((one) => one.from !== "00:00"));
  return instantOf(zone, new Date(date + (Number.isFinite(minutes) ? minutes : usual) * 60_000));
}

/** The offered times: in an hour, when I start on my next day of work after today, and on Monday, when that is another. */
export function untils(hours: Hours[], zone: string, now: Date): { until: Until; at: Date }[] {
  const weekday = wall(zone, now).getUTCDay() || 7;
  const works = (days: number) => hours.some((one) => one.day === ((weekday - 1 + days) % 7) + 1);
  let next = 1;
  while (next < 7 && hours.length > 0 && !works(next)) next++;
  const monday = 8 - weekday;
  return [
    { until: "hour", at: new Date(now.getTime() + 3_600_000) },
    { until: "tomorrow", at: start(hours, zone, now, next) },
    ...(monday === next ? [] : [{ until: "monday" as const, at: start(hours, zone, now, monday) }]),
  ];
}
