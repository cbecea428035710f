import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { accounts } from "../api/accounts";
import { api } from "../api/calls";
import { problemText } from "../api/problem";
import type { Conversation, ID, Member, Person } from "../api/types";
import { Avatar, PresenceDot } from "../app/Avatar";
import { attempt } from "../app/failures";
import { rank } from "../app/match";
import { Loading } from "../app/Notices";
import { Confirm } from "../form/Confirm";
import form from "../form/Form.module.css";
import { useSubmit, Wrong } from "../form/useSubmit";
import { PeoplePicker } from "../list/PeoplePicker";
import { watch } from "../live/connection";
import { cache, keys, peopleOf, useBoot } from "../live/data";
import { TimeThere } from "../people/PersonCard";
import { currentLocale, t } from "../text/text";
import { manages } from "./ConversationDetails";
import styles from "./Details.module.css";

/** Who is in it. */
export function Members({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const boot = useBoot();
  const people = peopleOf(boot);
  const key = keys.members(conversation.id);
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: () => api.members(conversation.id),
    staleTime: 0,
  });
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Person>();
  const [text, setText] = useState("");
  const may = manages(conversation, boot.me);
  const open = conversation.kind === "channel" && !conversation.archived_at;
  const mayAdd = open && (may || (conversation.me !== undefined && boot.me.role !== "guest"));

  const known = (data ?? []).flatMap((member) => {
    const person = people.get(member.person);
    return person ? [{ member, person }] : [];
  });
  const collator = new Intl.Collator(currentLocale());
  const shown = text.trim()
    ? rank(
        known as ((typeof known)[number] & { weight?: number })[],
        text,
        (m) => `${m.person.name} @${m.person.handle}`,
      )
    : known.sort(
        (a, b) =>
          Number(b.member.role === "manager") - Number(a.member.role === "manager") ||
          collator.compare(a.person.name, b.person.name),
      );
  const ids = shown
    .slice(0, 100)
    .map(({ person }) => person.id)
    .join();
  useEffect(() => {
    if (ids) void watch(ids.split(","));
  }, [ids]);

  const setRole = (person: ID, role: Member["role"]) =>
    attempt(async () => {
      const before = cache.getQueryData<Member[]>(key);
      cache.setQueryData<Member[]>(key, (list) =>
        list?.map((m) => (m.person === person ? { ...m, role } : m)),
      );
      try {
        await accounts.setMemberRole(conversation.id, person, role);
      } catch (error) {
        cache.setQueryData(key, before);
        throw error;
      }
    });

  if (error) return <Wrong text={problemText(error)} />;
  if (!data) return <Loading />;
  return (
    <>
      {adding ? (
        <AddPeople conversation={conversation} members={data} onDone={() => setAdding(false)} />
      ) : (
        <div className={form.copyRow}>
          {known.length > 8 ? (
            <input
              type="search"
              className={styles.search}
              value={text}
              placeholder={t("people.search")}
              aria-label={t("people.search")}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          ) : (
            <span style={{ flex: 1 }}>{t("details.members.count", { n: data.length })}</span>
          )}
          {mayAdd && <Button onClick={() => setAdding(true)}>{t("details.members.add")}</Button>}
        </div>
      )}
      <ul className={styles.list}>
        {shown.slice(0, 300).map(({ member, person }) => {
          const me = person.id === boot.me.id;
          const manager = conversation.kind === "channel" && member.role === "manager";
          return (
            <li key={person.id} className={styles.member}>
              <Avatar person={person} size={36} />
              <div className={styles.memberText}>
                <span>
                  <Link to="/people/$person" params={{ person: person.id }} onClick={onClose} dir="auto">
                    {person.name}
                  </Link>
                  {me && <small>({t("people.you")})</small>}
                  <PresenceDot person={person.id} />
                  {manager && <small className={styles.tag}>{t("details.manager")}</small>}
                  {person.role === "guest" && <small className={styles.tag}>{t("role.guest")}</small>}
                </span>
                <small>
                  {person.deactivated_at ? (
                    t("people.deactivated")
                  ) : person.kind === "bot" ? (
                    t("people.bot")
                  ) : (
                    <TimeThere person={person} />
                  )}
                </small>
              </div>
              {may && open && !me && (
                <Menu position="bottom-end" withinPortal zIndex={400}>
                  <Menu.Target>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t("details.member.more", { name: person.name })}
                    >
                      <IconDots size={18} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {person.kind === "human" && (
                      <Menu.Item onClick={() => void setRole(person.id, manager ? "member" : "manager")}>
                        {t(manager ? "details.manager.end" : "details.manager.make")}
                      </Menu.Item>
                    )}
                    <Menu.Item color="red" onClick={() => setRemoving(person)}>
                      {t("details.member.remove")}
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              )}
            </li>
          );
        })}
      </ul>
      {removing && (
        <Confirm
          title={t("details.member.remove.title", { name: removing.name })}
          yes={t("details.member.remove")}
          onClose={() => setRemoving(undefined)}
          work={async () => {
            await api.removeMember(conversation.id, removing.id);
            cache.setQueryData<Member[]>(key, (list) => list?.filter((m) => m.person !== removing.id));
          }}
        >
          {t(
            conversation.visibility === "public"
              ? "details.member.remove.public"
              : "details.member.remove.private",
          )}
        </Confirm>
      )}
    </>
  );
}

function AddPeople({
  conversation,
  members,
  onDone,
}: {
  conversation: Conversation;
  members: Member[];
  onDone: () => void;
}) {
  const [chosen, setChosen] = useState<ID[]>([]);
  const { busy, rest, submit } = useSubmit();
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(async () => {
          await api.addMembers(conversation.id, chosen);
          await cache.invalidateQueries({ queryKey: keys.members(conversation.id) });
        }).then((done) => done && onDone());
      }}
    >
      <PeoplePicker
        label={t("details.members.add")}
        chosen={chosen}
        onChange={setChosen}
        max={500}
        without={members.map((member) => member.person)}
      />
      <Wrong text={rest} />
      <div className={form.buttons}>
        <Button type="button" variant="default" onClick={onDone}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" loading={busy} disabled={chosen.length === 0}>
          {t("details.members.add.yes", { n: chosen.length })}
        </Button>
      </div>
    </form>
  );
}
