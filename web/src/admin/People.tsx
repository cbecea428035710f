import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { accounts } from "../api/accounts";
import type { Person, Role } from "../api/types";
import { Avatar } from "../app/Avatar";
import { rank } from "../app/match";
import { Empty } from "../app/Notices";
import { overlay } from "../app/overlays";
import { Confirm } from "../form/Confirm";
import { applyToBoot } from "../live/apply";
import { changeBoot, useBoot } from "../live/data";
import { OpenInvitations } from "../people/InviteDialog";
import people from "../people/People.module.css";
import { Row } from "../settings/parts";
import styles from "../settings/Settings.module.css";
import { currentLocale, t } from "../text/text";
import { RecoveryDialog } from "./Recovery";

const ranks: Role[] = ["guest", "member", "admin", "owner"];

type Asked = { person: Person; role?: Role; deactivated?: boolean };

/** Who is in the organisation, as what. */
export function PeopleSettings() {
  const boot = useBoot();
  const [text, setText] = useState("");
  const [most, setMost] = useState(100);
  const [asked, setAsked] = useState<Asked>();
  const [recovering, setRecovering] = useState<Person>();
  const mine = ranks.indexOf(boot.me.role);
  const humans = useMemo(() => {
    const collator = new Intl.Collator(currentLocale());
    return boot.people
      .filter((person) => person.kind === "human")
      .sort(
        (a, b) =>
          Number(Boolean(a.deactivated_at)) - Number(Boolean(b.deactivated_at)) ||
          collator.compare(a.name, b.name),
      );
  }, [boot.people]);
  const owners = humans.filter((person) => person.role === "owner" && !person.deactivated_at).length;
  const found = text.trim()
    ? rank(humans as (Person & { weight?: number })[], text, (p) => `${p.name} @${p.handle}`)
    : humans;

  const change = async ({ person, role, deactivated }: Asked) => {
    const changed = await accounts.changePerson(person.id, { role, deactivated });
    changeBoot((now) => applyToBoot(now, { type: "person", person: changed }));
  };

  return (
    <>
      <div className={people.header}>
        <input
          type="search"
          className={people.search}
          value={text}
          placeholder={t("people.search")}
          aria-label={t("people.search")}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {boot.may.includes("invite") && (
          <Button
            leftSection={<IconUserPlus size={18} stroke={1.7} aria-hidden />}
            onClick={() => overlay.set({ kind: "invite" })}
          >
            {t("invite.open.button")}
          </Button>
        )}
      </div>
      {found.length === 0 && <Empty title={t("people.none")} />}
      <ul className={styles.rows}>
        {found.slice(0, most).map((person) => {
          const last = person.role === "owner" && !person.deactivated_at && owners === 1;
          const above = ranks.indexOf(person.role) > mine;
          return (
            <Row
              key={person.id}
              icon={<Avatar person={person} size={36} />}
              name={person.name}
              tag={
                person.deactivated_at
                  ? t("people.deactivated")
                  : person.id === boot.me.id
                    ? t("people.you")
                    : undefined
              }
              more={
                <>
                  <span dir="ltr">@{person.handle}</span>
                  {last && ` · ${t("admin.lastOwner")}`}
                </>
              }
            >
              {!person.deactivated_at && (
                <select
                  aria-label={t("admin.role.of", { name: person.name })}
                  value={person.role}
                  disabled={above || last}
                  onChange={(event) => setAsked({ person, role: event.currentTarget.value as Role })}
                >
                  {ranks.map((role, index) => (
                    <option key={role} value={role} disabled={index > mine}>
                      {t(`role.${role}`)}
                    </option>
                  ))}
                </select>
              )}
              {!person.deactivated_at && !above && person.id !== boot.me.id && (
                <Button size="xs" variant="default" onClick={() => setRecovering(person)}>
                  {t("admin.recover")}
                </Button>
              )}
              <Button
                size="xs"
                variant="default"
                disabled={above || last}
                onClick={() => setAsked({ person, deactivated: !person.deactivated_at })}
              >
                {t(person.deactivated_at ? "admin.reactivate" : "admin.deactivate")}
              </Button>
            </Row>
          );
        })}
      </ul>
      {found.length > most && (
        <Button variant="default" onClick={() => setMost(most + 100)}>
          {t("people.showMore", { n: found.length - most })}
        </Button>
      )}
      <OpenInvitations />
      {recovering && <RecoveryDialog person={recovering} onClose={() => setRecovering(undefined)} />}
      {asked && (
        <Confirm
          title={
            asked.role
              ? t("admin.role.title", { name: asked.person.name, role: t(`role.${asked.role}`) })
              : t(asked.deactivated ? "admin.deactivate.title" : "admin.reactivate.title", {
                  name: asked.person.name,
                })
          }
          yes={t(asked.role ? "admin.role.yes" : asked.deactivated ? "admin.deactivate" : "admin.reactivate")}
          danger={asked.deactivated === true}
          onClose={() => setAsked(undefined)}
          work={() => change(asked)}
        >
          {asked.role ? (
            <>
              <p>{t(`role.${asked.role}.means`)}</p>
              {asked.person.id === boot.me.id && <p>{t("admin.role.self")}</p>}
            </>
          ) : (
            <p>{t(asked.deactivated ? "admin.deactivate.more" : "admin.reactivate.more")}</p>
          )}
        </Confirm>
      )}
    </>
  );
}
