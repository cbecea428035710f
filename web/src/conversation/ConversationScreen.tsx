import { IconArchive, IconArrowLeft, IconDots, IconPin, IconSearch, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useRouterState, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { api } from "../api/calls";
import type { Conversation, Message } from "../api/types";
import { PresenceDot } from "../app/Avatar";
import { IconButton, TextButton } from "../app/Buttons";
import { attempt } from "../app/failures";
import { NotFound } from "../app/Notices";
import { overlay } from "../app/overlays";
import { useActions } from "../keys/actions";
import { applyToBoot } from "../live/apply";
import { follow } from "../live/connection";
import { cache, changeBoot, groupsOf, keys, useBoot, useConversation, usePeople } from "../live/data";
import { conversationName, others } from "../live/names";
import type { Timeline as TimelineData } from "../live/timeline";
import { scheduledOf } from "../scheduled/scheduled";
import { number, t } from "../text/text";
import { mayChange } from "./actions";
import styles from "./ConversationScreen.module.css";
import { Composer, type ComposerHandle } from "./composer/Composer";
import { type Room, RoomContext } from "./context";
import { openDrafts } from "./drafts";
import { hoursText, theirTime } from "./person";
import { type Jump, Timeline } from "./Timeline";
import { Typing } from "./Typing";

const HeaderMenu = lazy(() => import("./HeaderMenu").then((m) => ({ default: m.HeaderMenu })));
const ThreadPane = lazy(() => import("./ThreadPane").then((m) => ({ default: m.ThreadPane })));
const ReadBy = lazy(() => import("./ReadBy").then((m) => ({ default: m.ReadBy })));
const ScheduledHere = lazy(() =>
  import("../scheduled/ScheduledHere").then((m) => ({ default: m.ScheduledHere })),
);
const PersonCard = lazy(() => import("./PersonCard").then((m) => ({ default: m.PersonCard })));

export function ConversationScreen() {
  const { conversation: id } = useParams({ from: "/inside/c/$conversation" });
  const known = useConversation(id);
  // One that I am no member of, but may read: a public channel.
  const visit = useQuery({
    queryKey: ["conversation", id],
    queryFn: () => api.conversation(id),
    enabled: !known,
    retry: false,
  });
  const conversation = known ?? visit.data;
  if (!conversation) return visit.isError ? <NotFound /> : null;
  return <Open key={id} conversation={conversation} />;
}

function Open({ conversation }: { conversation: Conversation }) {
  const { id } = conversation;
  const boot = useBoot();
  const people = usePeople();
  const navigate = useNavigate();
  const { thread } = useSearch({ from: "/inside/c/$conversation" });
  const { seq } = useParams({ strict: false }) as { seq?: string };
  const visit = useRouterState({ select: (state) => state.location.state.__TSR_key });
  const composer = useRef<ComposerHandle>(null);
  const [editing, setEditing] = useState<number>();
  const [dragging, setDragging] = useState(false);

  useEffect(() => follow(id), [id]);
  useEffect(() => void openDrafts(), []);

  const jump = useMemo<Jump | undefined>(() => {
    const to = Number(seq);
    void visit; // the same link again jumps again
    return Number.isInteger(to) && to > 0 ? { seq: to, id: jumps++ } : undefined;
  }, [seq, visit]);

  const groups = useMemo(
    () =>
      new Set([...groupsOf(boot).values()].filter((g) => g.members.includes(boot.me.id)).map((g) => g.id)),
    [boot],
  );
  const mine = [...groups].join();
  const reader = useMemo(
    () => ({
      me: boot.me.id,
      groups: new Set(mine.split(",").filter(Boolean)),
      nameOf: (id: string) => people.get(id)?.name,
    }),
    [boot.me.id, mine, people],
  );
  const room = useMemo<Room>(() => {
    const openThread = (root: number | undefined) =>
      void navigate({ to: ".", search: root ? { thread: root } : {}, resetScroll: false });
    return {
      conversation,
      boot,
      people,
      groups,
      reader,
      saved: new Set(boot.saved),
      nameOf: (person) => people.get(person)?.name ?? t("person.unknown"),
      openThread,
      jump: (to) =>
        void navigate({ to: "/c/$conversation/$seq", params: { conversation: id, seq: String(to) } }),
      quote: (message: Message) => composer.current?.quote(message, message.body),
      edit: setEditing,
    };
  }, [conversation, boot, people, groups, reader, id, navigate]);

  const later = scheduledOf(boot, id);
  const member = !!conversation.me && !conversation.archived_at;
  const editLast = () => {
    const timeline = cache.getQueryData<TimelineData>(keys.timeline(id));
    const mine = timeline?.messages.findLast((m) => m.author === boot.me.id && mayChange(m, "edit"));
    if (mine) setEditing(mine.seq);
  };
  useActions([
    {
      id: "details",
      label: t("conversation.details"),
      run: () => overlay.set({ kind: "details", conversation }),
    },
    {
      id: "members",
      label: t("conversation.members"),
      run: () => overlay.set({ kind: "members", conversation }),
    },
    { id: "pins", label: t("conversation.pins"), run: () => overlay.set({ kind: "pins", conversation }) },
    { id: "day", label: t("conversation.toDay"), run: () => overlay.set({ kind: "day", conversation }) },
  ]);

  return (
    <RoomContext value={room}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the composer has a button for the same */}
      <div
        className={styles.screen}
        data-thread={thread ? true : undefined}
        onDragOver={(event) => {
          if (!member || !event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          setDragging(true);
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDragging(false);
        }}
        onDrop={(event) => {
          if (!dragging) return;
          event.preventDefault();
          setDragging(false);
          composer.current?.addFiles([...event.dataTransfer.files]);
        }}
      >
        <main className={styles.main}>
          <Header conversation={conversation} />
          <Timeline jump={jump} editing={editing} />
          {later.length > 0 && (
            <Suspense>
              <ScheduledHere scheduled={later} />
            </Suspense>
          )}
          <Typing
            conversation={id}
            me={boot.me.id}
            otherwise={
              conversation.kind !== "channel" && (
                <Suspense>
                  <ReadBy />
                </Suspense>
              )
            }
          />
          {member ? (
            <Composer ref={composer} onEditLast={editLast} />
          ) : (
            <Visitor conversation={conversation} />
          )}
        </main>
        {thread && (
          <Suspense>
            <ThreadPane key={thread} root={thread} onClose={() => room.openThread(0)} />
          </Suspense>
        )}
        {dragging && <div className={styles.drop}>{t("composer.drop")}</div>}
        <Suspense>
          <PersonCard />
        </Suspense>
      </div>
    </RoomContext>
  );
}

let jumps = 1;

function Visitor({ conversation }: { conversation: Conversation }) {
  if (conversation.archived_at)
    return (
      <div className={styles.visitor}>
        <IconArchive size={17} aria-hidden /> {t("conversation.archived")}
      </div>
    );
  return (
    <div className={styles.visitor}>
      {t("conversation.visiting")}
      <TextButton
        kind="filled"
        onClick={() =>
          void attempt(async () => {
            const joined = await api.join(conversation.id);
            const now = joined?.id ? joined : await api.conversation(conversation.id);
            changeBoot((boot) => applyToBoot(boot, { type: "conversation", conversation: now }));
          })
        }
      >
        {t("conversation.join")}
      </TextButton>
    </div>
  );
}

function Header({ conversation }: { conversation: Conversation }) {
  const { beside } = useSearch({ from: "/inside/c/$conversation" });
  const boot = useBoot();
  const name = conversationName(conversation, boot);
  const person = conversation.kind === "direct" ? others(conversation, boot)[0] : undefined;
  const theirs = person && theirTime(person);
  const hours = person && hoursText(person);
  const show = (kind: "members" | "pins" | "details" | "day") => overlay.set({ kind, conversation });
  return (
    <header className={styles.header}>
      <Link to={beside ? "/inbox" : "/"} className={styles.back} aria-label={t("app.back")}>
        <IconArrowLeft size={21} stroke={1.7} aria-hidden />
      </Link>
      <div className={styles.title}>
        <h1 dir="auto">
          {conversation.kind === "channel" && <span className={styles.hash}>#</span>}
          <span className={styles.name}>{name}</span>
          {person && <PresenceDot person={person.id} />}
        </h1>
        <p dir="auto">
          {person
            ? [
                person.status && `${person.status.emoji ?? ""} ${person.status.text ?? ""}`.trim(),
                theirs && t("person.theirTime", { time: theirs }),
                hours,
              ]
                .filter(Boolean)
                .join(" · ")
            : conversation.purpose}
        </p>
      </div>
      <div className={styles.buttons}>
        {conversation.kind !== "direct" && (
          <button
            type="button"
            className={styles.members}
            title={t("conversation.members")}
            onClick={() => show("members")}
          >
            <IconUsers size={17} stroke={1.7} aria-hidden />
            {number(conversation.members)}
            <span className="aloud">{t("conversation.members")}</span>
          </button>
        )}
        <Link
          to="/search"
          search={{
            q:
              conversation.kind === "channel"
                ? `in:#${conversation.name} `
                : person
                  ? `from:@${person.handle} `
                  : undefined,
          }}
          className={styles.icon}
          aria-label={t("conversation.search")}
          title={t("conversation.search")}
        >
          <IconSearch size={19} stroke={1.7} aria-hidden />
        </Link>
        <IconButton className={styles.pins} label={t("conversation.pins")} onClick={() => show("pins")}>
          <IconPin size={19} stroke={1.7} />
        </IconButton>
        <Suspense fallback={<IconDots size={19} stroke={1.7} aria-hidden />}>
          <HeaderMenu conversation={conversation} />
        </Suspense>
      </div>
    </header>
  );
}
