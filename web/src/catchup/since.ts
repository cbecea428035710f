import { instantOf, wall } from "../people/availability";

// Since when one catches up. Pure.

export const choices = ["work", "yesterday", "friday", "own"] as const;
export type Choice = (typeof choices)[number];

const day = 86_400_000;

/** Midnight before yesterday, or before the last Friday that is over, where I am. Without: since I last worked, which the server knows. */
export function sinceOf(choice: Choice, own: string, zone: string, now: Date): Date | undefined {
  if (choice === "work") return undefined;
  if (choice === "own") {
    const at = new Date(own);
    return Number.isNaN(at.getTime()) ? undefined : at;
  }
  const here = wall(zone, now);
  const weekday = here.getUTCDay() || 7;
  const days = choice === "yesterday" ? 1 : (weekday + 7 - 5) % 7 || 7;
  const midnight = Date.UTC(here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate());
  return instantOf(zone, new Date(midnight - days * day));
}
