import { instantOf, wall } from "../people/availability";

export const ends = ["half", "hour", "hours", "day", "week", "never"] as const;
export type End = (typeof ends)[number];

const minute = 60_000;

/** When a status ends: in a while, at the end of the day or of the week (Sunday) where its person is, or by hand. */
export function endOf(end: End, now: Date, zone: string): Date | undefined {
  if (end === "never") return undefined;
  if (end === "half") return new Date(now.getTime() + 30 * minute);
  if (end === "hour") return new Date(now.getTime() + 60 * minute);
  if (end === "hours") return new Date(now.getTime() + 240 * minute);
  const here = wall(zone, now);
  const days = end === "day" ? 1 : 8 - (here.getUTCDay() || 7);
  return instantOf(
    zone,
    new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate() + days)),
  );
}
