import { Outlet, useMatchRoute, useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { rung } from "../alarm/alarm";
import { api } from "../api/calls";
import { dueIn } from "../inbox/state";
import { useActions } from "../keys/actions";
import { ConversationList } from "../list/ConversationList";
import { neighbour } from "../list/order";
import { announcement } from "../live/announce";
import { calls } from "../live/apply";
import { time } from "../live/clock";
import { connect, connection, disconnect } from "../live/connection";
import { cache, useBoot } from "../live/data";
import { kept } from "../live/kept";
import { conversationName } from "../live/names";
import { useMinute } from "../live/now";
import { openOutbox } from "../live/outbox";
import { useStore } from "../live/store";
import { useActivity } from "../live/useActivity";
import { settingsOf } from "../settings/sections";
import { t } from "../text/text";
import { attempt } from "./failures";
import { inFocus } from "./focus";
import { chooseColours, useLooks } from "./looks";
import { Loading } from "./Notices";
import { closeOverlay, notice, type Overlay, overlay } from "./overlays";
import { Rail } from "./Rail";
import styles from "./Shell.module.css";

const AlarmBanner = lazy(() => import("../alarm/AlarmBanner").then((m) => ({ default: m.AlarmBanner })));
const InboxPane = lazy(() => import("../inbox/InboxPane").then((m) => ({ default: m.InboxPane })));
const Palette = lazy(() => import("./Palette").then((m) => ({ default: m.Palette })));
const KeysHelp = lazy(() => import("./KeysHelp").then((m) => ({ default: m.KeysHelp })));
const NewConversation = lazy(() =>
  import("../list/NewConversation").then((m) => ({ default: m.NewConversation })),
);
const QuestionDialog = lazy(() => import("./QuestionDialog").then((m) => ({ default: m.QuestionDialog })));
const dialogs = () => import("../conversation/Dialogs");
const Details = lazy(() =>
  import("../details/ConversationDetails").then((m) => ({ default: m.ConversationDetails })),
);
const Invite = lazy(() => import("../people/InviteDialog").then((m) => ({ default: m.InviteDialog })));
const StatusDialog = lazy(() =>
  import("../settings/StatusDialog").then((m) => ({ default: m.StatusDialog })),
);
const Trace = lazy(() => import("../trace/TraceDialog").then((m) => ({ default: m.TraceDialog })));
const EditScheduled = lazy(() =>
  import("../scheduled/ScheduledDialog").then((m) => ({ default: m.ScheduledDialog })),
);
const Remind = lazy(() => import("../scheduled/RemindDialog").then((m) => ({ default: m.RemindDialog })));
const Day = lazy(() => dialogs().then((m) => ({ default: m.DayDialog })));
const Move = lazy(() => dialogs().then((m) => ({ default: m.MoveDialog })));
const History = lazy(() => dialogs().then((m) => ({ default: m.HistoryDialog })));
const Pictures = lazy(() => dialogs().then((m) => ({ default: m.PicturesDialog })));

const setFocus = async (until?: Date) => {
  const { endFocus, focusUntil } = await import("../settings/reach/data");
  await attempt(() => (until ? focusUntil(until) : endFocus()));
};

export async function signOut() {
  await attempt(() => api.signOut());
  disconnect();
  await kept.clear();
  cache.clear();
  location.assign("/signin");
}

/** What surrounds every screen: the rail, the list where it belongs, what lies over them, and the keys. */
export function Shell() {
  const boot = useBoot();
  const navigate = useNavigate();
  const matchRoute = useMatchRoute();
  const open = (matchRoute({ to: "/c/$conversation", fuzzy: true }) || undefined) as
    | { conversation: string }
    | undefined;
  const path = useRouterState({ select: (state) => state.location.pathname });
  // Of the address itself: what has been loaded comes a moment later.
  const beside = useRouterState({ select: ({ location }) => location.search.beside });
  const inbox = path === "/inbox" || beside === "inbox";
  const place = open ? "conversation" : inbox || path === "/" ? "list" : "other";

  useEffect(() => {
    void connect();
    void openOutbox(boot.me.id);
  }, [boot.me.id]);
  useActivity();
  useTitle();
  useLooks();

  const now = useMinute();
  const focused = inFocus(boot.reach, now);
  const go = (to: "next" | "previous" | "unread") => {
    const found = neighbour(boot, open?.conversation, to);
    if (found) void navigate({ to: "/c/$conversation", params: { conversation: found.id } });
  };
  useActions([
    {
      id: "palette",
      label: t("keys.palette"),
      where: "everywhere",
      keys: "mod+k",
      whileTyping: true,
      hidden: true,
      run: () => overlay.set(overlay.get()?.kind === "palette" ? undefined : { kind: "palette" }),
    },
    {
      id: "help",
      label: t("keys.help"),
      where: "everywhere",
      keys: "?",
      run: () => overlay.set({ kind: "keys" }),
    },
    {
      id: "search",
      label: t("keys.search"),
      where: "everywhere",
      keys: "/",
      run: () => void navigate({ to: "/search" }),
    },
    {
      id: "next",
      label: t("keys.next"),
      where: "everywhere",
      keys: "alt+ArrowDown",
      whileTyping: true,
      run: () => go("next"),
    },
    {
      id: "previous",
      label: t("keys.previous"),
      where: "everywhere",
      keys: "alt+ArrowUp",
      whileTyping: true,
      run: () => go("previous"),
    },
    {
      id: "nextUnread",
      label: t("keys.nextUnread"),
      where: "everywhere",
      keys: "alt+shift+ArrowDown",
      whileTyping: true,
      run: () => go("unread"),
    },
    { id: "new", label: t("action.newConversation"), run: () => overlay.set({ kind: "new-conversation" }) },
    { id: "browse", label: t("action.browse"), run: () => void navigate({ to: "/browse" }) },
    { id: "inbox", label: t("rail.inbox"), run: () => void navigate({ to: "/inbox" }) },
    { id: "catchUp", label: t("rail.catchUp"), run: () => void navigate({ to: "/catch-up" }) },
    { id: "people", label: t("rail.people"), run: () => void navigate({ to: "/people" }) },
    { id: "saved", label: t("rail.saved"), run: () => void navigate({ to: "/saved" }) },
    { id: "scheduled", label: t("scheduled.title"), run: () => void navigate({ to: "/scheduled" }) },
    { id: "settings", label: t("rail.settings"), run: () => void navigate({ to: "/settings" }) },
    focused
      ? { id: "focus", label: t("focus.end"), run: () => void setFocus() }
      : { id: "focus", label: t("focus.start"), run: () => void setFocus(new Date(time() + 3_600_000)) },
    {
      id: "status",
      label: t(boot.me.status ? "status.change" : "status.set"),
      run: () => overlay.set({ kind: "status" }),
    },
    ...(boot.may.includes("invite")
      ? [{ id: "invite", label: t("invite.title"), run: () => overlay.set({ kind: "invite" }) }]
      : []),
    ...settingsOf(boot.may).map(({ id }) => ({
      id: `settings-${id}`,
      label: `${t("rail.settings")}: ${t(`settings.${id}`)}`,
      run: () => void navigate({ to: "/settings/$section", params: { section: id } }),
    })),
    { id: "light", label: t("action.theme.light"), run: () => chooseColours("light") },
    { id: "dark", label: t("action.theme.dark"), run: () => chooseColours("dark") },
    { id: "auto", label: t("action.theme.auto"), run: () => chooseColours("auto") },
    { id: "signOut", label: t("action.signOut"), run: () => void signOut() },
  ]);

  return (
    <div className={styles.frame}>
      <Alarms />
      <div className={styles.shell} data-place={place} data-inbox={inbox || undefined}>
        <a className={styles.skip} href="#main">
          {t("app.skip")}
        </a>
        <Rail inbox={inbox} />
        {/* Where nothing is open, the list is what the page is about: a phone shows nothing else. */}
        <div className={styles.place} role={place === "list" ? "main" : undefined}>
          {inbox ? (
            <Suspense fallback={<Loading />}>
              <InboxPane alone={!open} />
            </Suspense>
          ) : (
            place !== "other" && <ConversationList current={open?.conversation} />
          )}
          <div className={styles.main} id="main" tabIndex={-1}>
            <Banner />
            <Outlet />
          </div>
        </div>
        <Notice />
        <Overlays />
        <LiveRegion />
      </div>
    </div>
  );
}

/** What is urgent and mine. In focus only what has broken through. */
function Alarms() {
  const { inbox, reach } = useBoot();
  const now = useMinute();
  const heard = useStore(rung);
  const focused = inFocus(reach, now);
  const items = dueIn(inbox, now)
    .filter(({ wants, message }) => wants === "acknowledge" && (!focused || message.id in heard))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return <Suspense>{items.length > 0 && <AlarmBanner items={items} />}</Suspense>;
}

function useTitle() {
  const boot = useBoot();
  const matchRoute = useMatchRoute();
  const open = matchRoute({ to: "/c/$conversation", fuzzy: true }) as { conversation: string } | false;
  const conversation = open && boot.conversations.find((c) => c.id === open.conversation);
  const waiting = boot.conversations.filter(
    (c) => calls(c) && (c.kind !== "channel" || c.me!.mentions > 0 || c.me!.level === "all"),
  ).length;
  const name = conversation ? conversationName(conversation, boot) : boot.organisation.name;
  useEffect(() => {
    document.title = `${waiting ? `(${waiting}) ` : ""}${name} – Parley`;
  }, [waiting, name]);
}

function Banner() {
  const state = useStore(connection);
  if (state !== "offline") return null;
  return (
    <div className={styles.banner} role="status">
      {t("offline.banner")}
    </div>
  );
}

function Notice() {
  const told = useStore(notice);
  return (
    <div className={styles.noticePlace} role={told?.bad ? "alert" : "status"}>
      {told && (
        <div className={styles.notice} data-bad={told.bad || undefined}>
          <span>{told.text}</span>
          {told.action && (
            <button
              type="button"
              onClick={() => {
                told.action?.run();
                notice.set(undefined);
              }}
            >
              {told.action.label}
            </button>
          )}
          {told.bad && (
            <button type="button" onClick={() => notice.set(undefined)}>
              {t("app.close")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Overlays() {
  const shown = useStore(overlay);
  return <Suspense>{shown && <Shown overlay={shown} />}</Suspense>;
}

function Shown({ overlay: shown }: { overlay: NonNullable<Overlay> }) {
  const onClose = closeOverlay;
  switch (shown.kind) {
    case "palette":
      return <Palette onClose={onClose} />;
    case "keys":
      return <KeysHelp onClose={onClose} />;
    case "new-conversation":
      return <NewConversation people={shown.people} channel={shown.channel} onClose={onClose} />;
    case "question":
      return <QuestionDialog question={shown.question} answer={shown.answer} />;
    case "members":
    case "pins":
      return <Details conversation={shown.conversation} at={shown.kind} onClose={onClose} />;
    case "details":
      return <Details conversation={shown.conversation} onClose={onClose} />;
    case "invite":
      return <Invite onClose={onClose} />;
    case "status":
      return <StatusDialog onClose={onClose} />;
    case "day":
      return <Day conversation={shown.conversation} onClose={onClose} />;
    case "move":
      return <Move message={shown.message} onClose={onClose} />;
    case "history":
      return <History message={shown.message} onClose={onClose} />;
    case "trace":
      return <Trace message={shown.message} onClose={onClose} />;
    case "remind":
      return <Remind message={shown.message} onClose={onClose} />;
    case "scheduled":
      return <EditScheduled scheduled={shown.scheduled} zone={shown.zone} onClose={onClose} />;
    case "pictures":
      return <Pictures files={shown.files} at={shown.at} onClose={onClose} />;
  }
}

function LiveRegion() {
  return (
    <div className="aloud" aria-live="polite">
      {useStore(announcement)}
    </div>
  );
}
