import type { Reach, Rung, WayState } from "../../api/types";
import { soon } from "../../inbox/words";
import { t } from "../../text/text";
import { clock, duration, listNames } from "../../text/time";
import { type Calendar, isFree, isQuiet, nextFree, tonight } from "./calendar";

// What the settings mean, in sentences.

/** "at once", "after 30 minutes". */
export const afterText = (minutes: number) =>
  minutes === 0 ? t("reach.after.once") : t("reach.after", { time: duration(minutes * 60) });

/** A way can be used: the server has it, and I have an address for it. */
const usable = (ways: WayState[]) => (rung: Rung) =>
  ways.some((way) => way.kind === rung.way && way.configured && way.values.length > 0);

/** What will happen tonight, and while I work. */
export function says(
  reach: Reach,
  me: Pick<Calendar, "hours" | "zone">,
  ways: WayState[],
  nameOf: (id: string) => string,
  now: Date,
): string[] {
  const calendar = { ...reach, hours: me.hours, zone: me.zone };
  const at = tonight(me.zone, now);
  const time = clock(at, me.zone);
  const next = nextFree(calendar, at);
  const normal = !next
    ? t("reach.says.never", { time })
    : next === at
      ? t("reach.says.once", { time })
      : t("reach.says.waits", { time, until: soon(next, now) });

  const who = isFree(calendar, at)
    ? "everyone"
    : isQuiet(calendar, at)
      ? reach.through.quiet
      : reach.through.waking;
  const people = listNames(reach.through.people.map(nameOf));
  const deputies = listNames(reach.deputies.map(nameOf));
  const waits = deputies
    ? t("reach.says.urgent.deputies", { names: deputies })
    : t("reach.says.urgent.waits");
  const urgent =
    who === "everyone"
      ? t(reach.alarm.some(usable(ways)) ? "reach.says.urgent.rings" : "reach.says.urgent.app")
      : who === "people" && people
        ? t("reach.says.urgent.people", { names: people })
        : waits;

  const rungs = reach.ladder.filter(usable(ways));
  const steps = rungs.map(({ way, after }) =>
    t("reach.says.step", { way: t(`reach.way.${way}.by`), after: afterText(after) }),
  );
  const work = steps.length ? t("reach.says.work", { steps: listNames(steps) }) : t("reach.says.work.app");
  return [`${normal} ${urgent}`, work];
}
