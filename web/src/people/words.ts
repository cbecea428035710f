import type { Person } from "../api/types";
import { summary } from "../form/week";
import { t } from "../text/text";
import { clock, differs, listNames, weekdayName } from "../text/time";
import { availability, daysBetween, instantOf, wall } from "./availability";

// Where somebody is in their day, in words.

/** "14:05" there; undefined when the browser does not know the zone. */
export function localTime(zone: string, now: Date): string | undefined {
  try {
    return clock(now, zone);
  } catch {
    return undefined;
  }
}

/** "works until 17:00", "asleep, from 09:00", "off until Monday 09:00": on their clock. */
export function availabilityText(person: Pick<Person, "hours" | "zone">, now: Date): string | undefined {
  const found = availability(person.hours, person.zone, now);
  if (found.state === "unknown") return undefined;
  if (found.state === "working") {
    if (found.until.getTime() - now.getTime() > 36 * 3_600_000) return t("people.works");
    return t("people.works.until", { time: clock(found.until, person.zone) });
  }
  const time = clock(found.from, person.zone);
  const days = daysBetween(person.zone, now, found.from);
  const soon = days === 0 || (days === 1 && found.from.getTime() - now.getTime() < 16 * 3_600_000);
  if (found.state === "asleep" && soon) return t("people.asleep", { time });
  if (soon) return days === 0 ? t("people.off", { time }) : t("people.off.tomorrow", { time });
  const weekday = wall(person.zone, found.from).getUTCDay() || 7;
  return t(found.state === "asleep" ? "people.asleep.day" : "people.off.day", {
    day: weekdayName(weekday),
    time,
  });
}

/** The same moment on the reader's clock, when it shows something else: "That is 17:00 for you." */
export function forReader(person: Pick<Person, "hours" | "zone">, now: Date): string | undefined {
  if (!differs(person.zone, now)) return undefined;
  const found = availability(person.hours, person.zone, now);
  if (found.state === "unknown") return undefined;
  return t("people.forYou", { time: clock(found.state === "working" ? found.until : found.from) });
}

/** "Monday to Friday 09:00 – 17:00" for each run of days. */
export function hoursText(person: Pick<Person, "hours">): string[] {
  // Times of no day: on the clock of UTC, so that nothing shifts.
  const shown = (time: string) =>
    clock(instantOf("UTC", new Date(`2024-01-01T${time === "24:00" ? "00:00" : time}:00Z`)), "UTC");
  return summary(person.hours).map(({ first, last, stretches }) =>
    t("people.hours.line", {
      days:
        first === last
          ? weekdayName(first)
          : t("people.hours.days", { first: weekdayName(first), last: weekdayName(last) }),
      times: listNames(stretches.map(({ from, to }) => `${shown(from)} – ${shown(to)}`)),
    }),
  );
}
