import type { Rung, Way } from "../../api/types";

// Changes of a ladder. It is always in the order of its times. Pure.

/** Another order of the ways; when the first, the second and so on are tried stays as it was. */
export function moved(ladder: Rung[], from: number, to: number): Rung[] {
  const ways = ladder.map(({ way }) => way);
  ways.splice(to, 0, ...ways.splice(from, 1));
  return ladder.map(({ after }, index) => ({ way: ways[index]!, after }));
}

/** Another time for one way; it moves to where that belongs. */
export const withAfter = (ladder: Rung[], at: number, after: number): Rung[] =>
  inTime(ladder.map((rung, index) => (index === at ? { ...rung, after } : rung)));

/** In the order of their times. */
export const inTime = (ladder: Rung[]): Rung[] => [...ladder].sort((a, b) => a.after - b.after);

/** One more way, after the others. */
export const withWay = (ladder: Rung[], way: Way): Rung[] => [
  ...ladder,
  { way, after: ladder.length === 0 ? 0 : ladder.at(-1)!.after + 30 },
];
