import {
  IconAlertCircle,
  IconArrowForwardUp,
  IconBookmarkFilled,
  IconClock,
  IconCornerUpLeft,
  IconMessage2,
  IconPinFilled,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { lazy, memo, Suspense } from "react";
import { Problem, problemText } from "../api/problem";
import type { Message } from "../api/types";
import { Avatar } from "../app/Avatar";
import { useFocusBack } from "../app/useFocusBack";
import { useMessage } from "../live/load";
import { discard, sendAgain, type Waiting } from "../live/outbox";
import { NeedChip, NeedFoot } from "../need/NeedChip";
import { unsay } from "../need/undo";
import { t } from "../text/text";
import { clock, dayName, exactTime, mediumTime, shortTime } from "../text/time";
import { edit, showHistory } from "./actions";
import { Body } from "./Body";
import { Composer } from "./composer/Composer";
import { useRoom } from "./context";
import { Files, Previews } from "./Files";
import { happenedText } from "./happened";
import styles from "./MessageRow.module.css";
import { personCard } from "./person";
import { Reactions } from "./Reactions";
import type { Row } from "./rows";
import type { ToolbarState } from "./Toolbar";

const Decision = lazy(() => import("../decide/Decision").then((m) => ({ default: m.Decision })));
const Toolbar = lazy(() => import("./Toolbar").then((m) => ({ default: m.Toolbar })));

/** One row of a timeline: what stands above it, and the message. */
export const MessageRow = memo(function MessageRow({ row, active, marked, editing, toolbar }: RowProps) {
  return (
    <>
      {row.begins && <Beginning />}
      {row.day && (
        <div className={styles.day}>
          <span>{dayName(row.day)}</span>
        </div>
      )}
      {row.unread && (
        <div className={styles.unread} id="unread-line">
          <span>{t("timeline.new")}</span>
        </div>
      )}
      {row.waiting ? (
        <WaitingMessage waiting={row.waiting} head={row.head} />
      ) : (
        <SaidMessage
          message={row.message!}
          head={row.head}
          active={active}
          marked={marked}
          editing={editing}
          toolbar={toolbar}
        />
      )}
    </>
  );
});

interface RowProps {
  row: Row;
  active: boolean; // pointer or focus is here
  marked: boolean; // somebody was led here
  editing: boolean;
  toolbar: ToolbarState;
}

function Beginning() {
  const { conversation, nameOf } = useRoom();
  return (
    <div className={styles.beginning}>
      <p className={styles.beginningTitle}>
        {conversation.kind === "channel" ? `#${conversation.name}` : t("timeline.begins")}
      </p>
      {conversation.purpose && <p dir="auto">{conversation.purpose}</p>}
      {conversation.kind === "channel" && (
        <p>
          {t("timeline.made", {
            name: nameOf(conversation.created_by),
            time: shortTime(conversation.created_at),
          })}
        </p>
      )}
    </div>
  );
}

function SaidMessage({
  message,
  head,
  active,
  marked,
  editing,
  toolbar,
}: Omit<RowProps, "row"> & { message: Message; head: boolean }) {
  const { boot, people, reader, saved, nameOf, thread } = useRoom();
  const author = people.get(message.author);
  const name = message.as?.name ?? author?.name ?? t("person.unknown");
  const forMe = !message.deleted_at && (message.mentions?.includes(boot.me.id) || message.everyone);
  if (message.kind === "system" && message.happened) {
    return (
      <article
        className={styles.system}
        data-seq={message.seq}
        tabIndex={-1}
        data-marked={marked || undefined}
      >
        {happenedText(message.happened, name, nameOf)}{" "}
        <time dateTime={message.created_at} title={exactTime(message.created_at)}>
          {clock(message.created_at)}
        </time>
      </article>
    );
  }
  if (message.kind === "moved") {
    return (
      <article
        className={styles.system}
        data-seq={message.seq}
        tabIndex={-1}
        data-marked={marked || undefined}
      >
        <IconArrowForwardUp size={15} aria-hidden />{" "}
        {message.moved_to ? (
          <Link
            to="/c/$conversation/$seq"
            params={{ conversation: message.moved_to.conversation, seq: String(message.moved_to.seq) }}
          >
            {t("message.moved", { name })}
          </Link>
        ) : (
          t("message.moved", { name })
        )}
      </article>
    );
  }

  return (
    <article
      className={styles.message}
      data-seq={message.seq}
      data-head={head || undefined}
      data-for-me={forMe || undefined}
      data-marked={marked || undefined}
      data-active={active || undefined}
      tabIndex={-1}
      aria-label={`${name}, ${shortTime(message.created_at)}`}
    >
      <div className={styles.gutter}>
        {head ? (
          <button
            type="button"
            className={styles.face}
            tabIndex={-1}
            aria-hidden
            onClick={(event) => author && personCard.set({ person: author.id, at: event.currentTarget })}
          >
            <Avatar
              person={message.as ? undefined : author}
              name={name}
              emoji={message.as?.avatar}
              size={38}
            />
          </button>
        ) : (
          <time className={styles.time} dateTime={message.created_at} title={exactTime(message.created_at)}>
            {clock(message.created_at)}
          </time>
        )}
      </div>
      <div className={styles.content}>
        {head && (
          <header className={styles.head}>
            <button
              type="button"
              className={styles.author}
              dir="auto"
              onClick={(event) => author && personCard.set({ person: author.id, at: event.currentTarget })}
            >
              {name}
            </button>
            {(author?.kind === "bot" || message.as) && (
              <span className={styles.tag}>{t("person.botTag")}</span>
            )}
            {author?.role === "guest" && <span className={styles.tag}>{t("person.guestTag")}</span>}
            {author?.status?.emoji && <span title={author.status.text}>{author.status.emoji}</span>}
            <time className={styles.time} dateTime={message.created_at} title={exactTime(message.created_at)}>
              {clock(message.created_at)}
            </time>
          </header>
        )}
        {message.pinned_at && (
          <p className={styles.note}>
            <IconPinFilled size={13} aria-hidden />{" "}
            {t("message.pinnedBy", { name: nameOf(message.pinned_by ?? "") })}
          </p>
        )}
        {saved.has(message.id) && (
          <p className={styles.note}>
            <IconBookmarkFilled size={13} aria-hidden /> {t("message.saved")}
          </p>
        )}
        {message.thread && !thread && head && (
          <Answers conversation={message.conversation} root={message.thread} />
        )}
        {message.need && !message.deleted_at && <NeedChip message={message} />}
        {message.deleted_at ? (
          <p className={styles.deleted}>{t("message.deleted")}</p>
        ) : editing ? (
          <EditInPlace message={message} />
        ) : (
          <>
            {message.html && <Body html={message.html} reader={reader} />}
            {message.decision && (
              <Suspense>
                <Decision message={message} />
              </Suspense>
            )}
            {message.edited_at && (
              <button
                type="button"
                className={styles.edited}
                title={exactTime(message.edited_at)}
                onClick={() => showHistory(message)}
              >
                {t("message.edited")}
              </button>
            )}
            {message.files?.length ? <Files files={message.files} /> : null}
            {message.previews?.length ? <Previews previews={message.previews} /> : null}
          </>
        )}
        {asks(message) && <NeedFoot message={message} />}
        {message.reactions?.length ? <Reactions message={message} /> : null}
        {!!message.replies && !thread && <Replies message={message} />}
      </div>
      {active && !editing && (
        <Suspense>
          <Toolbar message={message} state={toolbar} />
        </Suspense>
      )}
    </article>
  );
}

const asks = ({ need, deleted_at }: Message) => !deleted_at && (need === "answer" || need === "urgent");

/** The message as a field, with the focus; the message has it again when that is over. */
function EditInPlace({ message }: { message: Message }) {
  const { edit: setEditing } = useRoom();
  useFocusBack();
  return (
    <Composer
      editing={message}
      onDone={() => setEditing(undefined)}
      onSend={async (body) => {
        if (body.trim() !== message.body && !(await edit(message, body))) return false;
        setEditing(undefined);
        return true;
      }}
    />
  );
}

/** Above a reply in the timeline: what it answers. */
function Answers({ conversation, root }: { conversation: string; root: number }) {
  const { openThread, nameOf } = useRoom();
  const message = useMessage(conversation, root);
  const text = message ? plain(message) : "";
  return (
    <button type="button" className={styles.answers} onClick={() => openThread(root)}>
      <IconCornerUpLeft size={14} aria-hidden />
      <span>
        {message
          ? t("message.answers", { name: message.as?.name ?? nameOf(message.author) })
          : t("message.inThread")}
        {text && <em dir="auto"> {text}</em>}
      </span>
    </button>
  );
}

/** The words of a message without their marks, for one line. */
export function plain(message: Message) {
  if (message.deleted_at) return t("message.deleted");
  const template = document.createElement("template");
  template.innerHTML = message.html;
  for (const spoiler of template.content.querySelectorAll(".spoiler")) spoiler.textContent = "▒▒▒";
  for (const time of template.content.querySelectorAll("time")) time.textContent = mediumTime(time.dateTime);
  const text = template.content.textContent?.trim().replace(/\s+/g, " ") ?? "";
  return (text || message.files?.map((file) => file.name).join(", ") || "").slice(0, 140);
}

function Replies({ message }: { message: Message }) {
  const { openThread } = useRoom();
  return (
    <button type="button" className={styles.replies} onClick={() => openThread(message.seq)}>
      <IconMessage2 size={15} stroke={1.8} aria-hidden />
      {t("message.replies", { n: message.replies ?? 0 })}
      {message.last_reply_at && <span className={styles.time}>{shortTime(message.last_reply_at)}</span>}
    </button>
  );
}

/** What I have said and the server does not have yet. */
function WaitingMessage({ waiting, head }: { waiting: Waiting; head: boolean }) {
  const { boot } = useRoom();
  return (
    <article
      className={styles.message}
      data-head={head || undefined}
      data-waiting
      aria-label={t("waiting.label")}
    >
      <div className={styles.gutter}>{head && <Avatar person={boot.me} size={38} />}</div>
      <div className={styles.content}>
        {head && (
          <header className={styles.head}>
            <span className={styles.author}>{boot.me.name}</span>
          </header>
        )}
        <p className={styles.plain} dir="auto">
          {waiting.body}
        </p>
        {waiting.files.length > 0 && <Files files={waiting.files} />}
        {waiting.problem ? (
          <p className={styles.failed} role="alert">
            <IconAlertCircle size={15} aria-hidden />
            {t("waiting.failed")} {problemText(new Problem(waiting.problem.kind, waiting.problem.detail))}
            <button type="button" onClick={() => sendAgain(waiting.key)}>
              {t("app.retry")}
            </button>
            <button type="button" onClick={() => unsay(waiting)}>
              {t("message.edit")}
            </button>
            <button type="button" onClick={() => discard(waiting.key)}>
              {t("waiting.discard")}
            </button>
          </p>
        ) : (
          <p className={styles.note}>
            <IconClock size={13} aria-hidden /> {t("waiting.waits")}
          </p>
        )}
      </div>
    </article>
  );
}
