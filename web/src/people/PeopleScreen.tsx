import "../text/more";
import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Person } from "../api/types";
import { Avatar, PresenceDot } from "../app/Avatar";
import { rank } from "../app/match";
import { Empty } from "../app/Notices";
import { overlay } from "../app/overlays";
import { watch } from "../live/connection";
import { useBoot } from "../live/data";
import { presence } from "../live/presence";
import { useStore } from "../live/store";
import { currentLocale, t } from "../text/text";
import styles from "./People.module.css";
import { PresenceWords, StatusLine, TimeThere } from "./PersonCard";

const step = 100;

/** Everybody, with the time where they are. */
export function PeopleScreen() {
  const boot = useBoot();
  const here = useStore(presence);
  const [text, setText] = useState("");
  const [most, setMost] = useState(step);
  const words = useDeferredValue(text);
  const active = useMemo(
    () =>
      boot.people
        .filter((person) => !person.deactivated_at)
        .sort((a, b) => new Intl.Collator(currentLocale()).compare(a.name, b.name)),
    [boot.people],
  );
  const found = useMemo(
    () =>
      words.trim()
        ? rank(
            active as (Person & { weight?: number })[],
            words,
            (p) => `${p.name} @${p.handle} ${p.title ?? ""}`,
          )
        : active,
    [active, words],
  );
  const shown = found.slice(0, most);
  const ids = shown.map((person) => person.id).join();
  useEffect(() => {
    if (ids) void watch(ids.split(","));
  }, [ids]);
  const humans = active.filter((person) => person.kind === "human").length;
  const count = active.filter((person) => here[person.id] === "active").length;

  return (
    <main className={styles.page}>
      <header className={styles.header}>
        <h1>{t("rail.people")}</h1>
        {boot.may.includes("invite") && (
          <Button
            leftSection={<IconUserPlus size={18} stroke={1.7} aria-hidden />}
            onClick={() => overlay.set({ kind: "invite" })}
          >
            {t("invite.open.button")}
          </Button>
        )}
      </header>
      <input
        type="search"
        className={styles.search}
        value={text}
        placeholder={t("people.search")}
        aria-label={t("people.search")}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setMost(step);
        }}
        onKeyDown={(event) => event.key === "Escape" && setText("")}
      />
      <p className={styles.count} role="status">
        {words.trim() ? t("people.found", { n: found.length }) : t("people.count", { n: humans })}
        {count > 0 && !words.trim() && ` · ${t("people.here", { n: count })}`}
      </p>
      {found.length === 0 ? (
        <Empty title={t("people.none")} />
      ) : (
        <ul className={styles.rows}>
          {shown.map((person) => (
            <PersonRow key={person.id} person={person} me={person.id === boot.me.id} />
          ))}
        </ul>
      )}
      {found.length > most && (
        <Button variant="default" onClick={() => setMost(most + step)}>
          {t("people.showMore", { n: found.length - most })}
        </Button>
      )}
    </main>
  );
}

function PersonRow({ person, me }: { person: Person; me: boolean }) {
  return (
    <li>
      <Link to="/people/$person" params={{ person: person.id }} className={styles.person}>
        <Avatar person={person} size={44} />
        <span className={styles.rowText}>
          <span className={styles.personName}>
            <b dir="auto">{person.name}</b>
            {me && <small>({t("people.you")})</small>}
            {person.kind === "bot" && <small className={styles.tag}>{t("people.bot")}</small>}
            {person.role === "guest" && <small className={styles.tag}>{t("role.guest")}</small>}
            <span className={styles.dot}>
              <PresenceDot person={person.id} />
            </span>
            <small className={styles.statusText}>
              <StatusLine person={person} />
            </small>
          </span>
          <small>
            {person.title && (
              <>
                <span dir="auto">{person.title}</span>
                {person.kind === "human" && " · "}
              </>
            )}
            {person.kind === "human" && <TimeThere person={person} />}
          </small>
        </span>
        <small className={styles.state}>{person.kind === "human" && <PresenceWords person={person} />}</small>
      </Link>
    </li>
  );
}
