import type { Boot, ID, Item } from "../api/types";
import { plain } from "../conversation/MessageRow";
import { conversationName } from "../live/names";
import { currentLocale, t } from "../text/text";
import { clock, dayDistance, mediumTime } from "../text/time";

// What a row of the Inbox says.

/** An instant that comes, or has just been: "14:00", "tomorrow 09:00", "Monday 09:00", else with the date. */
export function soon(at: string | Date, now: Date): string {
  const days = -dayDistance(at, now);
  if (days === 0) return clock(at);
  if (days === 1) return t("time.at", { day: t("time.tomorrow"), time: clock(at) });
  if (days > 1 && days < 7) {
    const day = new Intl.DateTimeFormat(currentLocale(), { weekday: "long" }).format(new Date(at));
    return t("time.at", { day, time: clock(at) });
  }
  return mediumTime(at);
}

/** "in 2 hours", "3 days ago". */
export function left(at: string | Date, now: Date): string {
  const minutes = Math.round((new Date(at).getTime() - now.getTime()) / 60_000);
  const size = Math.abs(minutes);
  const [value, unit] =
    size < 60
      ? [minutes, "minute" as const]
      : size < 36 * 60
        ? [Math.round(minutes / 60), "hour" as const]
        : [Math.round(minutes / 1440), "day" as const];
  return new Intl.RelativeTimeFormat(currentLocale(), { numeric: "always" }).format(value, unit);
}

/** What is wanted, and by when; nothing where a look is enough. */
export function wantsText(item: Item, now: Date, nameOf: (person: ID) => string): string | undefined {
  const { by, reason } = item.message;
  switch (item.wants) {
    case "acknowledge":
      return reason ? t("inbox.wants.urgent.reason", { reason }) : t("inbox.wants.urgent");
    case "answer": {
      if (!by) return t("inbox.wants.answer");
      const values = { time: soon(by, now), left: left(by, now) };
      return Date.parse(by) > now.getTime()
        ? t("inbox.wants.answer.by", values)
        : t("inbox.wants.answer.over", values);
    }
    case "reminder":
      return t("inbox.wants.reminder");
    case "report":
      return t("inbox.wants.report", { name: item.from ? nameOf(item.from) : t("person.unknown") });
    default:
      return undefined;
  }
}

/** What it says, in one line. A deputy may not see all that they are asked about. */
export const lineText = (item: Item) =>
  plain(item.message) || t(item.because === "deputy" ? "inbox.hidden" : "inbox.noText");

/** Why it is here. */
export function whyText(item: Item, nameOf: (person: ID) => string): string {
  const name = item.from ? nameOf(item.from) : "";
  switch (item.because) {
    case "deputy":
      return t("inbox.because.deputy", { name });
    case "handed_over":
      return t("inbox.because.handed_over", { name });
    default:
      return t(`inbox.because.${item.because}`);
  }
}

/** In which conversation: "#harbour", the names of a group; nothing where it is the person's own. */
export function whereText(conversation: ID, boot: Boot): string {
  const known = boot.conversations.find(({ id }) => id === conversation);
  if (!known || known.kind === "direct") return "";
  return `${known.kind === "channel" ? "#" : ""}${conversationName(known, boot)}`;
}

/** What is held back, and until when. */
export function heldText(held: { messages: number; until?: string }, now: Date): string {
  if (held.messages === 0) return t("inbox.held.none");
  return held.until
    ? t("inbox.held.until", { n: held.messages, until: soon(held.until, now) })
    : t("inbox.held", { n: held.messages });
}
