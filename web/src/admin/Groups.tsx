import { Button } from "@mantine/core";
import { IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { accounts } from "../api/accounts";
import type { PersonGroup } from "../api/types";
import { Dialog } from "../app/Dialog";
import { Empty } from "../app/Notices";
import { Confirm } from "../form/Confirm";
import form from "../form/Form.module.css";
import { TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { PeoplePicker } from "../list/PeoplePicker";
import { applyToBoot } from "../live/apply";
import { changeBoot, peopleOf, useBoot } from "../live/data";
import { Part, Row } from "../settings/parts";
import styles from "../settings/Settings.module.css";
import { t } from "../text/text";
import { listNames } from "../text/time";

/** Groups of people who can be mentioned together. */
export function Groups() {
  const boot = useBoot();
  const people = peopleOf(boot);
  const [editing, setEditing] = useState<PersonGroup | "new">();
  const [ending, setEnding] = useState<PersonGroup>();
  const groups = [...boot.groups].sort((a, b) => a.name.localeCompare(b.name));
  const who = (group: PersonGroup) => {
    const names = group.members.flatMap((id) => people.get(id)?.name ?? []);
    return names.length > 4
      ? t("groups.members", { n: names.length })
      : names.length
        ? listNames(names)
        : t("groups.nobody");
  };
  return (
    <Part
      more={t("groups.more")}
      title={t("groups.title")}
      action={
        <Button size="xs" onClick={() => setEditing("new")}>
          {t("groups.make")}
        </Button>
      }
    >
      {groups.length === 0 ? (
        <Empty title={t("groups.none")} />
      ) : (
        <ul className={styles.rows}>
          {groups.map((group) => (
            <Row
              key={group.id}
              icon={<IconUsersGroup size={24} stroke={1.5} aria-hidden />}
              name={group.name}
              more={
                <>
                  <span dir="ltr">@{group.handle}</span> · {who(group)}
                </>
              }
            >
              <Button size="xs" variant="default" onClick={() => setEditing(group)}>
                {t("groups.edit")}
              </Button>
              <Button size="xs" variant="default" onClick={() => setEnding(group)}>
                {t("groups.delete")}
              </Button>
            </Row>
          ))}
        </ul>
      )}
      {editing && (
        <GroupDialog group={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
      {ending && (
        <Confirm
          title={t("groups.delete.title", { name: ending.name })}
          yes={t("groups.delete")}
          onClose={() => setEnding(undefined)}
          work={async () => {
            await accounts.deleteGroup(ending.id);
            changeBoot((now) => ({ ...now, groups: now.groups.filter((group) => group.id !== ending.id) }));
          }}
        >
          {t("groups.delete.more")}
        </Confirm>
      )}
    </Part>
  );
}

/** A handle that suits a name: "Frontend Team" is frontend-team. */
export const handleOf = (name: string) =>
  name
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 32)
    .replace(/-+$/, "");

function GroupDialog({ group, onClose }: { group?: PersonGroup; onClose: () => void }) {
  const [name, setName] = useState(group?.name ?? "");
  const [handle, setHandle] = useState(group?.handle ?? "");
  const [own, setOwn] = useState(Boolean(group));
  const [members, setMembers] = useState(group?.members ?? []);
  const { busy, at, rest, submit, form: ref } = useSubmit(["name", "handle", "members"]);
  const save = async () => {
    const done = await submit(async () => {
      const body = { name: name.trim(), handle, members };
      const made = await (group ? accounts.changeGroup(group.id, body) : accounts.makeGroup(body));
      changeBoot((now) => applyToBoot(now, { type: "group", group: made }));
    });
    if (done) onClose();
  };
  return (
    <Dialog title={group ? t("groups.edit.title", { name: group.name }) : t("groups.make")} onClose={onClose}>
      <form
        ref={ref}
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={t("new.name")}
          value={name}
          onText={(text) => {
            setName(text);
            if (!own) setHandle(handleOf(text));
          }}
          problem={at.name}
          maxLength={80}
          required
          data-autofocus
        />
        <TextField
          label={t("profile.handle")}
          hint={t("groups.handle.hint", { handle: handle || "…" })}
          value={handle}
          dir="ltr"
          onText={(text) => {
            setOwn(text !== "");
            setHandle(text.toLowerCase());
          }}
          problem={at.handle}
          autoCapitalize="off"
          spellCheck={false}
          maxLength={32}
          required
        />
        <PeoplePicker label={t("groups.who")} chosen={members} onChange={setMembers} max={1000} />
        {at.members && <p className={form.problem}>{at.members}</p>}
        <Wrong text={rest} />
        <div className={form.buttons}>
          <Button type="button" variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t(group ? "app.save" : "groups.make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
