import "../text/more";
import { Button } from "@mantine/core";
import { IconClock, IconMessage } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Person } from "../api/types";
import { Avatar } from "../app/Avatar";
import { overlay } from "../app/overlays";
import { zoneCity } from "../form/zones";
import { openDirect } from "../list/openDirect";
import { watch } from "../live/connection";
import { useBoot } from "../live/data";
import { useMinute } from "../live/now";
import { presence } from "../live/presence";
import { useStore } from "../live/store";
import { t } from "../text/text";
import { exactTime, mediumTime } from "../text/time";
import styles from "./PersonCard.module.css";
import { availabilityText, forReader, hoursText, localTime } from "./words";

/** "Here now", "Away", or when they were last seen. */
export function PresenceWords({ person }: { person: Person }) {
  const state = useStore(presence)[person.id];
  if (person.deactivated_at) return <span>{t("people.deactivated")}</span>;
  if (person.kind === "bot") return <span>{t("people.bot")}</span>;
  if (!state) return null;
  return (
    <span className={styles.presence} data-state={state}>
      <span className={styles.dot} data-state={state} aria-hidden />
      {t(`presence.${state}`)}
      {state === "offline" && person.last_seen_at && (
        <span title={exactTime(person.last_seen_at)}>
          {" "}
          · {t("people.seen", { time: mediumTime(person.last_seen_at) })}
        </span>
      )}
    </span>
  );
}

/** Their clock, and where they are in their day. */
export function TimeThere({ person, city = true }: { person: Person; city?: boolean }) {
  const now = useMinute();
  const time = localTime(person.zone, now);
  const words = availabilityText(person, now);
  if (!time) return null;
  return (
    <span title={forReader(person, now)}>
      {city ? t("people.time", { time, city: zoneCity(person.zone) }) : time}
      {words && <> · {words}</>}
    </span>
  );
}

export function StatusLine({ person }: { person: Person }) {
  if (!person.status) return null;
  const { emoji, text, until } = person.status;
  return (
    <span dir="auto" title={until && t("people.status.until", { time: mediumTime(until) })}>
      {emoji} {text}
    </span>
  );
}

/** Who somebody is, when they can be reached, and the ways to them. */
export function PersonCard({ person, page, onGo }: PersonCardProps) {
  const boot = useBoot();
  const navigate = useNavigate();
  const now = useMinute();
  const groups = boot.groups.filter((group) => group.members.includes(person.id));
  const me = person.id === boot.me.id;
  const hours = hoursText(person);
  const reader = forReader(person, now);
  useEffect(() => void watch([person.id]), [person.id]);

  return (
    <div className={styles.card} data-page={page || undefined}>
      <div className={styles.head}>
        <Avatar person={person} size={page ? 84 : 56} />
        <div className={styles.names}>
          {page ? (
            <h1 dir="auto">{person.name}</h1>
          ) : (
            <b className={styles.name} dir="auto">
              {person.name}
            </b>
          )}
          {person.title && <span dir="auto">{person.title}</span>}
          <span className={styles.soft} dir="ltr">
            @{person.handle}
          </span>
        </div>
      </div>
      {person.status && (
        <p className={styles.status}>
          <StatusLine person={person} />
        </p>
      )}
      <dl className={styles.facts}>
        <div>
          <dt className="aloud">{t("people.presence")}</dt>
          <dd>
            <PresenceWords person={person} />
          </dd>
        </div>
        {person.kind === "human" && (
          <div>
            <dt>
              <IconClock size={17} stroke={1.7} aria-hidden />
              <span className="aloud">{t("people.localTime")}</span>
            </dt>
            <dd>
              <TimeThere person={person} />
              {reader && <small>{reader}</small>}
            </dd>
          </div>
        )}
        {page && hours.length > 0 && (
          <div>
            <dt>{t("people.hours")}</dt>
            <dd>
              {hours.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </dd>
          </div>
        )}
        {(person.role !== "member" || page) && person.kind === "human" && (
          <div>
            <dt className={page ? undefined : "aloud"}>{t("people.role")}</dt>
            <dd>{t(`role.${person.role}`)}</dd>
          </div>
        )}
        {groups.length > 0 && (
          <div>
            <dt className={page ? undefined : "aloud"}>{t("people.groups")}</dt>
            <dd className={styles.groups}>
              {groups.map((group) => (
                <span key={group.id} className={styles.group} title={`@${group.handle}`} dir="auto">
                  {group.name}
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
      <div className={styles.buttons}>
        {!person.deactivated_at && (
          <Button
            leftSection={<IconMessage size={17} aria-hidden />}
            onClick={() => {
              onGo?.();
              void openDirect(person.id, navigate);
            }}
          >
            {t(me ? "people.writeSelf" : "people.write")}
          </Button>
        )}
        {me && (
          <Button
            variant="default"
            onClick={() => {
              onGo?.();
              overlay.set({ kind: "status" });
            }}
          >
            {t(person.status ? "status.change" : "status.set")}
          </Button>
        )}
        {me && !page && (
          <Link to="/settings" onClick={onGo} className={styles.more}>
            {t("rail.settings")}
          </Link>
        )}
        {!page && (
          <Link to="/people/$person" params={{ person: person.id }} onClick={onGo} className={styles.more}>
            {t("people.more")}
          </Link>
        )}
      </div>
    </div>
  );
}

interface PersonCardProps {
  person: Person;
  page?: boolean; // the whole screen, with everything
  onGo?: () => void; // something was chosen that leads elsewhere
}
