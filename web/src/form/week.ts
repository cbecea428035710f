import type { Hours } from "../api/types";
import { minutesOf } from "../people/availability";

// A week of working hours as one edits it: seven days, each with stretches. A stretch whose end is not after its beginning goes on
// past midnight; the server wants that as two, and these functions turn one into the other. Pure.

export interface Stretch {
  from: string;
  to: string;
}
export type Week = Stretch[][]; // Monday first

export const emptyWeek = (): Week => [[], [], [], [], [], [], []];

export function toWeek(hours: Hours[]): Week {
  const week = emptyWeek();
  const sorted = [...hours].sort((a, b) => a.day - b.day || minutesOf(a.from) - minutesOf(b.from));
  for (const { day, from, to } of sorted) week[day - 1]?.push({ from, to });
  for (let day = 0; day < 7; day++) {
    const last = week[day]!.at(-1);
    const morning = week[(day + 1) % 7]![0];
    if (last?.to !== "24:00" || morning?.from !== "00:00" || last.from === "00:00") continue;
    if (minutesOf(morning.to) > minutesOf(last.from)) continue; // would be more than a day
    last.to = morning.to;
    week[(day + 1) % 7]!.shift();
  }
  for (const day of week) for (const stretch of day) if (stretch.to === "24:00") stretch.to = "00:00";
  return week;
}

export function fromWeek(week: Week): Hours[] {
  const hours: Hours[] = [];
  week.forEach((stretches, index) => {
    const day = index + 1;
    for (const { from, to } of stretches) {
      if (to === "00:00") hours.push({ day, from, to: "24:00" });
      else if (minutesOf(to) > minutesOf(from)) hours.push({ day, from, to });
      else {
        hours.push({ day, from, to: "24:00" });
        hours.push({ day: (day % 7) + 1, from: "00:00", to });
      }
    }
  });
  return hours.sort((a, b) => a.day - b.day || minutesOf(a.from) - minutesOf(b.from));
}

export type WeekProblem = "time" | "empty" | "overlap";

/** What is wrong, by day: a time missing, a stretch without length, or two that overlap, also past midnight. */
export function weekProblems(week: Week): (WeekProblem | undefined)[] {
  const problems: (WeekProblem | undefined)[] = week.map(() => undefined);
  const spans: { day: number; from: number; to: number }[] = [];
  week.forEach((stretches, day) => {
    for (const { from, to } of stretches) {
      if (!from || !to) problems[day] ??= "time";
      else if (from === to && from !== "00:00") problems[day] ??= "empty";
      else {
        const start = day * 1440 + minutesOf(from);
        const length = (minutesOf(to) - minutesOf(from) + 1440) % 1440 || 1440;
        spans.push({ day, from: start, to: start + length });
      }
    }
  });
  spans.sort((a, b) => a.from - b.from);
  spans.forEach((span, index) => {
    const next = spans[(index + 1) % spans.length]!;
    const start = next.from + (index + 1 === spans.length ? 7 * 1440 : 0);
    if (spans.length > 1 && start < span.to) problems[next.day] ??= "overlap";
  });
  return problems;
}

/** Hours of the whole week. */
export const weekTotal = (week: Week) =>
  fromWeek(week).reduce((sum, { from, to }) => sum + minutesOf(to) - minutesOf(from), 0) / 60;

const same = (a: Stretch[], b: Stretch[]) =>
  a.length === b.length && a.every((one, index) => one.from === b[index]!.from && one.to === b[index]!.to);

/** The week with neighbours of the same hours put together; days off are left out. */
export function summary(hours: Hours[]): { first: number; last: number; stretches: Stretch[] }[] {
  const runs: { first: number; last: number; stretches: Stretch[] }[] = [];
  toWeek(hours).forEach((stretches, index) => {
    if (stretches.length === 0) return;
    const run = runs.at(-1);
    if (run && run.last === index && same(run.stretches, stretches)) run.last = index + 1;
    else runs.push({ first: index + 1, last: index + 1, stretches });
  });
  return runs;
}

const days = (working: number[], stretch: Stretch): Week =>
  emptyWeek().map((_, index) => (working.includes(index + 1) ? [{ ...stretch }] : []));

export const presets = {
  office: () => days([1, 2, 3, 4, 5], { from: "09:00", to: "17:00" }),
  early: () => days([1, 2, 3, 4, 5], { from: "07:00", to: "15:00" }),
  sunday: () => days([1, 2, 3, 4, 7], { from: "09:00", to: "17:00" }),
  none: emptyWeek,
  // Of quiet hours.
  night: () => days([1, 2, 3, 4, 5, 6, 7], { from: "22:00", to: "07:00" }),
  long: () => days([1, 2, 3, 4, 5, 6, 7], { from: "20:00", to: "08:00" }),
  weekend: () =>
    toWeek([
      ...fromWeek(days([1, 2, 3, 4, 7], { from: "22:00", to: "07:00" })).filter(({ day }) => day < 6),
      { day: 5, from: "22:00", to: "24:00" },
      { day: 6, from: "00:00", to: "24:00" },
      { day: 7, from: "00:00", to: "24:00" },
    ]),
};

export const sameWeek = (a: Week, b: Week) => a.every((day, index) => same(day, b[index]!));
