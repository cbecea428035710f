import { Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api, fileURL } from "../api/calls";
import { problemText } from "../api/problem";
import type { Conversation, FileInfo, Message } from "../api/types";
import { Dialog } from "../app/Dialog";
import { attempt } from "../app/failures";
import { Loading } from "../app/Notices";
import { tell } from "../app/overlays";
import { useFocusBack } from "../app/useFocusBack";
import { sections } from "../list/order";
import { useBoot, usePeople } from "../live/data";
import { seqOfDay } from "../live/load";
import { conversationName } from "../live/names";
import { t } from "../text/text";
import { exactTime, shortTime } from "../text/time";
import { Body } from "./Body";
import styles from "./Dialogs.module.css";

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
  useFocusBack();
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
