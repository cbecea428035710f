import { Button, Popover } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Person } from "../api/types";
import { Avatar, PresenceDot } from "../app/Avatar";
import { openDirect } from "../list/openDirect";
import { watch } from "../live/connection";
import { usePeople } from "../live/data";
import { presence } from "../live/presence";
import { store, useStore } from "../live/store";
import { t } from "../text/text";
import { clock, differs, shortTime, weekdayName, workState } from "../text/time";
import styles from "./PersonCard.module.css";

/** Whose card is open, and beside what. */
export const personCard = store<{ person: string; at: HTMLElement } | undefined>(undefined);

/** "Works until 17:00", "back on Monday, 09:00": in the person's own clock. */
export function hoursText(person: Person, now = new Date()): string | undefined {
  const state = workState(person.hours, person.zone, now);
  if (!state) return undefined;
  if (state.working) return t("person.worksUntil", { time: state.until });
  if (state.ahead === 0) return t("person.from", { time: state.from });
  if (state.ahead === 1) return t("person.fromTomorrow", { time: state.from });
  return t("person.fromDay", { day: weekdayName(state.weekday), time: state.from });
}

/** The person's clock when it shows something else than mine. */
export const theirTime = (person: Person, now = new Date()) =>
  differs(person.zone, now) ? clock(now, person.zone) : undefined;

export function PersonCard() {
  const open = useStore(personCard);
  const person = usePeople().get(open?.person ?? "");
  const navigate = useNavigate();
  const state = useStore(presence)[open?.person ?? ""];
  const [, tick] = useState(0);
  useEffect(() => {
    if (!open) return;
    void watch([open.person]);
    const timer = setInterval(() => tick((n) => n + 1), 20_000);
    return () => clearInterval(timer);
  }, [open]);
  if (!open || !person) return null;
  const hours = hoursText(person);
  const theirs = theirTime(person);
  const close = () => personCard.set(undefined);
  const box = open.at.getBoundingClientRect();
  return (
    <Popover
      opened
      onDismiss={close}
      onChange={(shown) => !shown && close()}
      trapFocus
      returnFocus
      withinPortal
      position="bottom-start"
      shadow="md"
    >
      <Popover.Target>
        <span
          className={styles.anchor}
          style={{ top: box.top, left: box.left, width: box.width, height: box.height }}
        />
      </Popover.Target>
      <Popover.Dropdown className={styles.card} aria-label={person.name}>
        <div className={styles.top}>
          <Avatar person={person} size={56} />
          <div>
            <p className={styles.name} dir="auto">
              {person.name}
            </p>
            <p className={styles.soft}>@{person.handle}</p>
          </div>
        </div>
        {person.title && <p dir="auto">{person.title}</p>}
        {person.deactivated_at && <p className={styles.soft}>{t("person.gone")}</p>}
        {person.kind === "bot" && <p className={styles.soft}>{t("person.bot")}</p>}
        {person.status && (
          <p dir="auto">
            {person.status.emoji} {person.status.text}
            {person.status.until && (
              <span className={styles.soft}>
                {" "}
                {t("person.until", { time: shortTime(person.status.until) })}
              </span>
            )}
          </p>
        )}
        {person.kind === "human" && (
          <p className={styles.soft}>
            {state && state !== "offline" && (
              <>
                <PresenceDot person={person.id} /> {t(`presence.${state}`)} ·{" "}
              </>
            )}
            {theirs ? t("person.theirTime", { time: theirs }) : t("person.sameTime")}
            {hours && <> · {hours}</>}
          </p>
        )}
        {!person.deactivated_at && (
          <Button
            fullWidth
            variant="light"
            onClick={() => {
              close();
              void openDirect(person.id, navigate);
            }}
          >
            {t("person.write")}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
