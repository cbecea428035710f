import { t } from "../text/text";
import { clock, dayDistance, differs, type Instant, mediumTime } from "../text/time";

/** An instant to come: "17:00" today, "tomorrow, 09:00", else with the day. */
export function soon(at: Instant, now: Instant = new Date()) {
  const days = dayDistance(at, now);
  if (days === 0) return clock(at);
  if (days === -1) return t("need.tomorrow", { time: clock(at) });
  return mediumTime(at);
}

/** The same on somebody's clock, when that shows something else: "13:30 there", "Fri 27 Nov, 01:30 there". */
export function there(at: Instant, zone: string): string | undefined {
  if (!differs(zone, new Date(at))) return undefined;
  const day = (timeZone?: string) => new Date(at).toLocaleDateString("sv", { timeZone });
  return t("need.there", { time: day(zone) === day() ? clock(at, zone) : mediumTime(at, zone) });
}
