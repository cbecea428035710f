import { Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { api, fileURL } from "../api/calls";
import { problemText } from "../api/problem";
import type { Conversation, FileInfo, Message } from "../api/types";
import { Avatar, PresenceDot } from "../app/Avatar";
import { Dialog } from "../app/Dialog";
import { attempt } from "../app/failures";
import { Empty, Loading } from "../app/Notices";
import { ask, tell } from "../app/overlays";
import { sections } from "../list/order";
import { PeoplePicker } from "../list/PeoplePicker";
import { applyToBoot } from "../live/apply";
import { watch } from "../live/connection";
import { cache, changeBoot, keys, useBoot, usePeople } from "../live/data";
import { seqOfDay } from "../live/load";
import { conversationName } from "../live/names";
import { t } from "../text/text";
import { exactTime, shortTime } from "../text/time";
import { Body } from "./Body";
import styles from "./Dialogs.module.css";
import { MessageCard } from "./MessageCard";
import { hoursText, theirTime } from "./person";

/** Who is in it; add and remove. */
export function MembersDialog({
  conversation,
  onClose,
}: {
  conversation: Conversation;
  onClose: () => void;
}) {
  const boot = useBoot();
  const people = usePeople();
  const query = useQuery({
    queryKey: keys.members(conversation.id),
    queryFn: () => api.members(conversation.id),
  });
  const [adding, setAdding] = useState<string[]>();
  const manages =
    conversation.me?.role === "manager" ||
    (conversation.kind === "channel" && (boot.me.role === "owner" || boot.me.role === "admin"));
  const ids = query.data?.map((m) => m.person).join() ?? "";
  useEffect(() => {
    if (ids) void watch(ids.split(",").slice(0, 200));
  }, [ids]);
  const refresh = () => cache.invalidateQueries({ queryKey: keys.members(conversation.id) });
  const members = useMemo(
    () =>
      (query.data ?? [])
        .flatMap((m) => {
          const person = people.get(m.person);
          return person ? [{ ...m, person }] : [];
        })
        .sort((a, b) => a.person.name.localeCompare(b.person.name)),
    [query.data, people],
  );
  return (
    <Dialog title={t("members.title", { n: conversation.members })} onClose={onClose}>
      {conversation.kind === "channel" &&
        conversation.me &&
        (adding ? (
          <form
            className={styles.stack}
            onSubmit={(event) => {
              event.preventDefault();
              void attempt(() => api.addMembers(conversation.id, adding)).then((done) => {
                if (!done) return;
                setAdding(undefined);
                void refresh();
              });
            }}
          >
            <PeoplePicker
              label={t("members.add")}
              chosen={adding}
              onChange={setAdding}
              without={members.map((m) => m.person.id)}
            />
            <Button type="submit" disabled={adding.length === 0}>
              {t("members.add")}
            </Button>
          </form>
        ) : (
          <Button variant="light" onClick={() => setAdding([])}>
            {t("members.add")}
          </Button>
        ))}
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <p>{problemText(query.error)}</p>
      ) : (
        <ul className={styles.people}>
          {members.map(({ person, role }) => (
            <li key={person.id}>
              <Avatar person={person} size={34} />
              <span className={styles.who}>
                <span dir="auto">
                  {person.name} <PresenceDot person={person.id} />
                </span>
                <small>
                  {[
                    role === "manager" && t("members.manager"),
                    theirTime(person) && t("person.theirTime", { time: theirTime(person)! }),
                    hoursText(person),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
              </span>
              {manages && conversation.kind === "channel" && person.id !== boot.me.id && (
                <button
                  type="button"
                  className={styles.quiet}
                  onClick={() =>
                    void ask({
                      title: t("members.remove.title", { name: person.name }),
                      text: t("members.remove.text"),
                      yes: t("members.remove"),
                      dangerous: true,
                    }).then(async (sure) => {
                      if (sure && (await attempt(() => api.removeMember(conversation.id, person.id))))
                        void refresh();
                    })
                  }
                >
                  {t("members.remove")}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

export function PinsDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const query = useQuery({
    queryKey: keys.pins(conversation.id),
    queryFn: () => api.pins(conversation.id),
    staleTime: 0,
  });
  return (
    <Dialog title={t("conversation.pins")} onClose={onClose} size="lg">
      {query.isPending ? (
        <Loading />
      ) : query.data?.length ? (
        <div className={styles.stack}>
          {query.data.map((message) => (
            <MessageCard key={message.id} message={message} onOpen={onClose} />
          ))}
        </div>
      ) : (
        <Empty title={query.isError ? problemText(query.error) : t("pins.none")} />
      )}
    </Dialog>
  );
}

/** Name and purpose, notifications, and ways out. */
export function DetailsDialog({
  conversation,
  onClose,
}: {
  conversation: Conversation;
  onClose: () => void;
}) {
  const boot = useBoot();
  const navigate = useNavigate();
  const known = boot.conversations.find((c) => c.id === conversation.id) ?? conversation;
  const [name, setName] = useState(known.name ?? "");
  const [purpose, setPurpose] = useState(known.purpose ?? "");
  const [section, setSection] = useState(known.me?.section ?? "");
  const channel = known.kind === "channel";
  const manages =
    channel && (known.me?.role === "manager" || boot.me.role === "owner" || boot.me.role === "admin");
  const own = [...new Set(boot.conversations.flatMap((c) => c.me?.section || []))].filter(
    (s) => s !== "starred",
  );
  const put = (changed: Conversation | undefined) =>
    changed?.id && changeBoot((now) => applyToBoot(now, { type: "conversation", conversation: changed }));
  return (
    <Dialog title={conversationName(known, boot)} onClose={onClose}>
      <div className={styles.stack}>
        {channel && (
          <form
            className={styles.stack}
            onSubmit={(event) => {
              event.preventDefault();
              void attempt(async () =>
                put(await api.changeConversation(known.id, { name: name.trim(), purpose: purpose.trim() })),
              ).then((done) => done && tell({ text: t("details.saved") }));
            }}
          >
            <label className={styles.field}>
              {t("new.name")}
              <input
                value={name}
                maxLength={80}
                required
                disabled={!manages}
                onChange={(e) => setName(e.currentTarget.value)}
              />
            </label>
            <label className={styles.field}>
              {t("details.purpose")}
              <input
                value={purpose}
                maxLength={500}
                disabled={!manages}
                onChange={(e) => setPurpose(e.currentTarget.value)}
              />
            </label>
            {manages && (name !== (known.name ?? "") || purpose !== (known.purpose ?? "")) && (
              <Button type="submit">{t("app.save")}</Button>
            )}
          </form>
        )}
        {known.me && (
          <>
            <label className={styles.field}>
              {t("details.level")}
              <select
                value={known.me.level}
                onChange={(event) => {
                  const level = event.currentTarget.value as NonNullable<Conversation["me"]>["level"];
                  void attempt(async () => put(await api.changeMine(known.id, { level })));
                }}
              >
                <option value="">
                  {t(channel ? "details.level.defaultChannel" : "details.level.default")}
                </option>
                <option value="all">{t("details.level.all")}</option>
                <option value="mentions">{t("details.level.mentions")}</option>
                <option value="nothing">{t("details.level.nothing")}</option>
              </select>
            </label>
            <label className={styles.field}>
              {t("details.section")}
              <input
                value={section === "starred" ? "" : section}
                list="sections"
                maxLength={40}
                placeholder={t("details.section.hint")}
                onChange={(e) => setSection(e.currentTarget.value)}
                onBlur={() =>
                  section !== (known.me?.section ?? "") &&
                  void attempt(async () => put(await api.changeMine(known.id, { section: section.trim() })))
                }
              />
              <datalist id="sections">
                {own.map((one) => (
                  <option key={one} value={one} />
                ))}
              </datalist>
            </label>
          </>
        )}
        <p className={styles.soft}>
          {known.visibility === "private" ? t("details.private") : t("details.public")}
        </p>
        <div className={styles.buttons}>
          {manages && (
            <Button
              variant="default"
              onClick={() =>
                void attempt(async () =>
                  put(await api.changeConversation(known.id, { archived: !known.archived_at })),
                ).then((done) => done && onClose())
              }
            >
              {t(known.archived_at ? "details.unarchive" : "details.archive")}
            </Button>
          )}
          {channel && known.me && (
            <Button
              variant="default"
              onClick={() =>
                void ask({
                  title: t("details.leave.title", { name: known.name ?? "" }),
                  text: t(known.visibility === "private" ? "details.leave.private" : "details.leave.public"),
                  yes: t("details.leave"),
                }).then(async (sure) => {
                  if (!sure || !(await attempt(() => api.leave(known.id)))) return;
                  changeBoot((now) => applyToBoot(now, { type: "gone", gone: known.id }));
                  await navigate({ to: "/" });
                })
              }
            >
              {t("details.leave")}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

export function DayDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const go = async (day: string) => {
    setBusy(true);
    const [year, month, date] = day.split("-").map(Number);
    const done = await attempt(async () => {
      const seq = await seqOfDay(conversation.id, new Date(year!, month! - 1, date), conversation.last_seq);
      await navigate({
        to: "/c/$conversation/$seq",
        params: { conversation: conversation.id, seq: String(seq) },
      });
    });
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog title={t("conversation.toDay")} onClose={onClose} size="xs">
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          void go(String(new FormData(event.currentTarget).get("day")));
        }}
      >
        <label className={styles.field}>
          {t("day.label")}
          <input
            type="date"
            name="day"
            required
            data-autofocus
            max={new Date().toLocaleDateString("sv")}
            min={conversation.created_at.slice(0, 10)}
          />
        </label>
        <Button type="submit" loading={busy}>
          {t("day.go")}
        </Button>
      </form>
    </Dialog>
  );
}

export function MoveDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const boot = useBoot();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const found = sections(boot, { text })
    .flatMap((section) => section.conversations)
    .filter((c) => c.id !== message.conversation)
    .slice(0, 8);
  const go = (to: Conversation) =>
    attempt(async () => {
      const place = await api.move(message.conversation, message.seq, to.id);
      tell({
        text: t("move.done", { name: conversationName(to, boot) }),
        action: {
          label: t("move.open"),
          run: () =>
            void navigate({
              to: "/c/$conversation/$seq",
              params: { conversation: place.conversation, seq: String(place.seq) },
            }),
        },
      });
      onClose();
    });
  return (
    <Dialog title={t("move.title")} onClose={onClose}>
      <div className={styles.stack}>
        {!!message.replies && <p className={styles.soft}>{t("move.thread", { n: message.replies })}</p>}
        <label className={styles.field}>
          {t("move.where")}
          <input data-autofocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
        </label>
        <ul className={styles.people}>
          {found.map((conversation) => (
            <li key={conversation.id}>
              <button type="button" className={styles.choice} onClick={() => void go(conversation)}>
                {conversation.kind === "channel" ? "#" : ""}
                {conversationName(conversation, boot)}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

export function HistoryDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const boot = useBoot();
  const people = usePeople();
  const query = useQuery({
    queryKey: ["revisions", message.id, message.change],
    queryFn: () => api.revisions(message.conversation, message.seq),
  });
  const reader = { me: boot.me.id, groups: new Set<string>(), nameOf: (id: string) => people.get(id)?.name };
  return (
    <Dialog title={t("message.history")} onClose={onClose} size="lg">
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <p>{problemText(query.error)}</p>
      ) : (
        <ol className={styles.history}>
          <li>
            <small>{t("history.now")}</small>
            <Body html={message.html} reader={reader} />
          </li>
          {[...query.data]
            .sort((a, b) => (a.written_at < b.written_at ? 1 : -1))
            .map((revision) => (
              <li key={revision.written_at}>
                <small title={exactTime(revision.written_at)}>{shortTime(revision.written_at)}</small>
                <Body html={revision.html} reader={reader} />
              </li>
            ))}
        </ol>
      )}
    </Dialog>
  );
}

/** Pictures large, one after the other. */
export function PicturesDialog({
  files,
  at,
  onClose,
}: {
  files: FileInfo[];
  at: number;
  onClose: () => void;
}) {
  const [index, setIndex] = useState(at);
  const file = files[index]!;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const rtl = document.documentElement.dir === "rtl";
      const forward = rtl ? "ArrowLeft" : "ArrowRight";
      if (event.key === "Escape") onClose();
      else if (event.key === forward) setIndex((now) => Math.min(files.length - 1, now + 1));
      else if (event.key === "ArrowRight" || event.key === "ArrowLeft")
        setIndex((now) => Math.max(0, now - 1));
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [files.length, onClose]);
  return (
    <dialog
      className={styles.pictures}
      aria-label={file.name}
      ref={(node) => {
        if (node && !node.open) node.showModal();
      }}
      onClose={onClose}
    >
      <header>
        <span dir="auto">{file.name}</span>
        <a
          href={fileURL(file)}
          download={file.name}
          aria-label={t("file.download")}
          title={t("file.download")}
        >
          <IconDownload size={20} aria-hidden />
        </a>
        <button type="button" aria-label={t("app.close")} title={t("app.close")} onClick={onClose}>
          <IconX size={22} aria-hidden />
        </button>
      </header>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: escape closes */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: escape closes */}
      <div className={styles.stage} onClick={(event) => event.target === event.currentTarget && onClose()}>
        <img src={fileURL(file)} alt={file.name} width={file.width} height={file.height} />
      </div>
      {files.length > 1 && (
        <>
          <button
            type="button"
            data-side="start"
            disabled={index === 0}
            aria-label={t("pictures.previous")}
            onClick={() => setIndex(index - 1)}
          >
            <IconChevronLeft size={28} aria-hidden />
          </button>
          <button
            type="button"
            data-side="end"
            disabled={index === files.length - 1}
            aria-label={t("pictures.next")}
            onClick={() => setIndex(index + 1)}
          >
            <IconChevronRight size={28} aria-hidden />
          </button>
        </>
      )}
    </dialog>
  );
}
