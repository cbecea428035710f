import type { Person } from "../api/types";
import { currentTime } from "../live/clock";
import { store } from "../live/store";
import { t } from "../text/text";
import { clock, differs, weekdayName, workState } from "../text/time";

/** Whose card is open, and beside what. */
export const personCard = store<{ person: string; at: HTMLElement } | undefined>(undefined);

/** "Works until 17:00", "back on Monday, 09:00": in the person's own clock. */
export function hoursText(person: Person, now = currentTime()): string | undefined {
  const state = workState(person.hours, person.zone, now);
  if (!state) return undefined;
  if (state.working) return t("person.worksUntil", { time: state.until });
  if (state.ahead === 0) return t("person.from", { time: state.from });
  if (state.ahead === 1) return t("person.fromTomorrow", { time: state.from });
  return t("person.fromDay", { day: weekdayName(state.weekday), time: state.from });
}

/** The person's clock when it shows something else than mine. */
export const theirTime = (person: Person, now = currentTime()) =>
  differs(person.zone, now) ? clock(now, person.zone) : undefined;
