import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Anchored } from "../app/Anchored";
import { Avatar, PresenceDot } from "../app/Avatar";
import { openDirect } from "../list/openDirect";
import { watch } from "../live/connection";
import { usePeople } from "../live/data";
import { presence } from "../live/presence";
import { useStore } from "../live/store";
import { t } from "../text/text";
import { shortTime } from "../text/time";
import styles from "./PersonCard.module.css";
import { hoursText, personCard, theirTime } from "./person";

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
  return (
    <Anchored at={open.at} label={person.name} onClose={close}>
      <div className={styles.card}>
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
      </div>
    </Anchored>
  );
}
