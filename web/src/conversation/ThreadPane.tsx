import { IconX } from "@tabler/icons-react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { IconButton } from "../app/Buttons";
import { Broken, Loading } from "../app/Notices";
import { useFocusBack } from "../app/useFocusBack";
import { useActions } from "../keys/actions";
import { useThread } from "../live/load";
import { outbox } from "../live/outbox";
import { useStore } from "../live/store";
import { ScheduledHere } from "../scheduled/ScheduledHere";
import { scheduledOf } from "../scheduled/scheduled";
import { t } from "../text/text";
import { mayChange } from "./actions";
import { Composer, type ComposerHandle } from "./composer/Composer";
import { RoomContext, useRoom } from "./context";
import { MessageRow, type plain } from "./MessageRow";
import { rows as makeRows } from "./rows";
import styles from "./ThreadPane.module.css";
import { Typing } from "./Typing";

/** One thread beside the conversation: what it began with, the replies, a place to answer. */
export function ThreadPane({ root, onClose }: { root: number; onClose: () => void }) {
  useFocusBack();
  const room = useRoom();
  const { conversation, boot } = room;
  const query = useThread(conversation.id, root);
  const waiting = useStore(outbox);
  const [active, setActive] = useState<string>();
  const [open, setOpen] = useState<"menu" | "emoji">();
  const [editing, setEditing] = useState<number>();
  const end = useRef<HTMLDivElement>(null);
  const composer = useRef<ComposerHandle>(null);
  const rows = useMemo(
    () =>
      makeRows(
        query.data ?? [],
        waiting.filter((w) => w.conversation === conversation.id && w.thread === root),
        { me: boot.me.id },
      ),
    [query.data, waiting, conversation.id, root, boot.me.id],
  );
  const later = scheduledOf(boot, conversation.id, root);
  const count = rows.length;
  useLayoutEffect(() => {
    if (count) end.current?.scrollIntoView({ block: "end" });
  }, [count]);
  useActions([
    {
      id: "closeThread",
      label: t("keys.escape"),
      where: "conversation",
      keys: "Escape",
      hidden: true,
      run: onClose,
    },
  ]);

  const own = useMemo(
    () => ({
      ...room,
      thread: root,
      edit: setEditing,
      quote: (message: Parameters<typeof plain>[0]) => composer.current?.quote(message, message.body),
    }),
    [room, root],
  );
  const member = !!conversation.me && !conversation.archived_at;
  const keyOf = (target: EventTarget) =>
    (target as HTMLElement).closest<HTMLElement>("[data-key]")?.dataset.key;
  const inside = (event: React.SyntheticEvent) => event.currentTarget.contains(event.target as Node);
  return (
    <RoomContext value={own}>
      <aside className={styles.pane} aria-label={t("thread.label")}>
        <header className={styles.header}>
          <h2>{t("thread.label")}</h2>
          <IconButton label={t("app.close")} onClick={onClose}>
            <IconX size={19} stroke={1.7} />
          </IconButton>
        </header>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: shows tools that have roles */}
        <div
          className={styles.scroll}
          onFocus={(event) => inside(event) && setActive(keyOf(event.target))}
          onPointerOver={(event) => {
            if (event.pointerType === "mouse" && !open && inside(event)) setActive(keyOf(event.target));
          }}
          onPointerLeave={() => !open && setActive(undefined)}
        >
          {query.isError && !query.data ? (
            <Broken error={query.error} />
          ) : query.isPending ? (
            <Loading />
          ) : (
            <>
              {rows.map((row, index) => (
                <div key={row.key} data-key={row.key} className={styles.row}>
                  <MessageRow
                    row={{ ...row, head: row.head || index === 0, day: index === 0 ? undefined : row.day }}
                    active={row.key === active}
                    marked={false}
                    editing={row.seq > 0 && row.seq === editing}
                    toolbar={{ open: row.key === active ? open : undefined, setOpen }}
                  />
                  {index === 0 && count > 1 && (
                    <p className={styles.count}>{t("message.replies", { n: count - 1 })}</p>
                  )}
                </div>
              ))}
              <div ref={end} />
            </>
          )}
        </div>
        {later.length > 0 && <ScheduledHere scheduled={later} />}
        <Typing conversation={conversation.id} thread={root} me={boot.me.id} />
        {member && (
          <Composer
            key={root}
            ref={composer}
            thread={root}
            autoFocus
            onEditLast={() => {
              const mine = query.data?.findLast((m) => mayChange(m, "edit"));
              if (mine) setEditing(mine.seq);
            }}
          />
        )}
      </aside>
    </RoomContext>
  );
}
