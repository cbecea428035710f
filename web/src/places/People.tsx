import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import type { Person } from "../api/types";
import { Avatar, PresenceDot } from "../app/Avatar";
import { rank } from "../app/match";
import { Empty } from "../app/Notices";
import { hoursText } from "../conversation/person";
import { openDirect } from "../list/openDirect";
import { watch } from "../live/connection";
import { useBoot } from "../live/data";
import { currentLocale, t } from "../text/text";
import { clock, differs } from "../text/time";
import styles from "./Place.module.css";

/** Everybody: what time it is for them, and until when they work. */
export function People() {
  const boot = useBoot();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 20_000);
    return () => clearInterval(timer);
  }, []);
  const shown = useMemo(() => {
    const collator = new Intl.Collator(currentLocale());
    const people = boot.people
      .filter((person) => !person.deactivated_at)
      .sort((a, b) => collator.compare(a.name, b.name));
    return text.trim()
      ? rank(
          people as (Person & { weight?: number })[],
          text,
          (p) => `${p.name} @${p.handle} ${p.title ?? ""}`,
        )
      : people;
  }, [boot.people, text]);
  const ids = shown
    .slice(0, 200)
    .map((p) => p.id)
    .join();
  useEffect(() => {
    if (ids) void watch(ids.split(","));
  }, [ids]);

  return (
    <main className={styles.page}>
      <div className={styles.head}>
        <h1>{t("rail.people")}</h1>
      </div>
      <input
        type="search"
        className={styles.search}
        value={text}
        placeholder={t("people.find")}
        aria-label={t("people.find")}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ul className={styles.rows}>
        {shown.map((person) => (
          <li key={person.id}>
            <Avatar person={person} size={42} />
            <div className={styles.about}>
              <p className={styles.name}>
                <span dir="auto">{person.name}</span>
                <PresenceDot person={person.id} />
                <span className={styles.soft}>@{person.handle}</span>
                {person.kind === "bot" && <span className={styles.soft}>{t("person.botTag")}</span>}
                {person.role === "guest" && <span className={styles.soft}>{t("person.guestTag")}</span>}
              </p>
              <p className={styles.soft} dir="auto">
                {[
                  person.title,
                  person.status && `${person.status.emoji ?? ""} ${person.status.text ?? ""}`.trim(),
                  person.kind === "human" && hoursText(person, now),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            {person.kind === "human" && (
              <p className={`${styles.clock} ${styles.soft}`}>
                <strong>{clock(now, zoneOf(person.zone))}</strong>
                {differs(person.zone, now) && person.zone.split("/").at(-1)?.replaceAll("_", " ")}
              </p>
            )}
            <Button variant="default" size="compact-md" onClick={() => void openDirect(person.id, navigate)}>
              {t("person.write")}
            </Button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <Empty title={t("people.none")} />}
    </main>
  );
}

// A zone that this browser does not know must not break the page.
function zoneOf(zone: string) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}
