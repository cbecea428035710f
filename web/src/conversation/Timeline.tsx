import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { attempt } from "../app/failures";
import { Broken, Loading } from "../app/Notices";
import { useActions } from "../keys/actions";
import { unread as unreadOf } from "../live/apply";
import { loadAround, loadMore, loadNewest, useTimeline } from "../live/load";
import { outbox } from "../live/outbox";
import { haveRead, release } from "../live/reading";
import { useStore } from "../live/store";
import { has } from "../live/timeline";
import { t } from "../text/text";
import { acknowledge, mayAcknowledge, mayChange } from "./actions";
import { useRoom } from "./context";
import { MessageRow } from "./MessageRow";
import { rows as makeRows, type Row } from "./rows";
import styles from "./Timeline.module.css";
import { useLooking } from "./useFocus";

const near = 12; // rows from an edge at which more is loaded

export interface Jump {
  seq: number;
  id: number; // another one each time, so that the same place can be jumped to twice
}

/** The one timeline of a conversation: as long as it may be, only what is seen is drawn. */
export function Timeline({ jump, editing }: { jump?: Jump; editing?: number }) {
  const { conversation, boot, edit, openThread } = useRoom();
  const id = conversation.id;
  const query = useTimeline(id);
  const timeline = query.data;
  const waiting = useStore(outbox);
  const place = useRef<HTMLDivElement>(null);
  const looking = useLooking();
  const [active, setActive] = useState<string>();
  const [open, setOpen] = useState<"menu" | "emoji">();
  const [marked, setMarked] = useState<number>();
  const [atEnd, setAtEnd] = useState(true);
  const fresh = unreadOf(conversation);

  // The unread line stands where I had read to when I came, until I leave; or where I have set it back to.
  const readSeq = conversation.me?.read_seq ?? 0;
  const [line, setLine] = useState(() => (fresh > 0 ? readSeq : undefined));
  const lastRead = useRef(readSeq);
  useEffect(() => {
    if (readSeq < lastRead.current) setLine(readSeq);
    lastRead.current = readSeq;
  }, [readSeq]);
  useEffect(() => () => void release(id), [id]);

  const firstUnread = useMemo(
    () =>
      line === undefined
        ? undefined
        : timeline?.messages.find((m) => m.seq > line && m.author !== boot.me.id && !m.withdrawn)?.seq,
    [timeline, line, boot.me.id],
  );
  const rows = useMemo<Row[]>(
    () =>
      timeline
        ? makeRows(timeline.messages, timeline.last ? waiting.filter((w) => w.conversation === id) : [], {
            first: timeline.first,
            firstUnread,
            me: boot.me.id,
          })
        : [],
    [timeline, waiting, id, firstUnread, boot.me.id],
  );

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    estimateSize: (index) => (rows[index]?.head ? 74 : 30) + (rows[index]?.day ? 50 : 0),
    overscan: 10,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 48,
    paddingEnd: 12,
    useFlushSync: false,
    onChange: (instance) => setAtEnd(instance.isAtEnd(64)),
  });
  const items = virtual.getVirtualItems();

  // Where one begins: at the first unread message, else at the newest.
  const loaded = !!timeline;
  const begun = useRef(false);
  useLayoutEffect(() => {
    if (begun.current || rows.length === 0 || jump) return;
    begun.current = true;
    const index = rows.findIndex((row) => row.unread);
    if (index > 0) virtual.scrollToIndex(index, { align: "start" });
    else virtual.scrollToEnd();
  });

  // Who reads the newest goes on doing so when the field below grows.
  useEffect(() => {
    void loaded; // only then it is there
    const { current } = place;
    if (!current) return;
    let height = current.clientHeight;
    const observer = new ResizeObserver(() => {
      const wasAtEnd = current.scrollHeight - current.scrollTop - height < 64;
      height = current.clientHeight;
      if (wasAtEnd) virtual.scrollToEnd();
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [virtual, loaded]);

  // To one message, which is marked for a while.
  const jumped = useRef<number>(undefined);
  useEffect(() => {
    if (!jump || !timeline || jumped.current === jump.id) return;
    if (!has(timeline, jump.seq)) {
      void attempt(() => loadAround(id, jump.seq));
      return;
    }
    const index = rows.findIndex((row) => row.seq === jump.seq);
    if (index < 0) return;
    jumped.current = jump.id;
    begun.current = true;
    virtual.scrollToIndex(index, { align: "center" });
    setMarked(jump.seq);
    setActive(rows[index]!.key);
  }, [jump, timeline, rows, id, virtual]);
  useEffect(() => {
    if (marked === undefined) return;
    const timer = setTimeout(() => setMarked(undefined), 4000);
    return () => clearTimeout(timer);
  }, [marked]);

  // More at the edges.
  const firstShown = items[0]?.index ?? 0;
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!timeline || rows.length === 0) return;
    if (firstShown < near && !timeline.first) void loadMore(id, "before");
    if (lastShown > rows.length - near && !timeline.last) void loadMore(id, "after");
  }, [firstShown, lastShown, rows.length, timeline, id]);

  // Read is what was at the bottom while somebody looked.
  useEffect(() => {
    if (looking && atEnd && timeline?.last && rows.length) haveRead(id, timeline.lastSeq);
  }, [looking, atEnd, timeline, rows.length, id]);

  const focusRow = (index: number) => {
    const row = rows[index];
    if (!row) return;
    virtual.scrollToIndex(index, { align: "auto" });
    setActive(row.key);
    requestAnimationFrame(() =>
      place.current
        ?.querySelector<HTMLElement>(`[data-index="${index}"] article`)
        ?.focus({ preventScroll: true }),
    );
  };
  const step = (by: 1 | -1) => {
    const focused = document.activeElement?.closest<HTMLElement>("[data-index]");
    const from = focused && place.current?.contains(focused) ? Number(focused.dataset.index) : undefined;
    const to = from === undefined ? (items.at(-1)?.index ?? rows.length - 1) : from + by;
    focusRow(Math.max(0, Math.min(rows.length - 1, to)));
  };
  useActions([
    {
      id: "messageDown",
      label: t("keys.messageDown"),
      where: "conversation",
      keys: "j",
      hidden: true,
      run: () => step(1),
    },
    {
      id: "messageUp",
      label: t("keys.messageUp"),
      where: "conversation",
      keys: "k",
      hidden: true,
      run: () => step(-1),
    },
  ]);

  // Events of what floats above come here too, though it stands elsewhere in the page.
  const inside = (event: React.SyntheticEvent) => event.currentTarget.contains(event.target as Node);
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>) => {
    if (!inside(event)) return;
    const article = event.target as HTMLElement;
    if (article.tagName !== "ARTICLE" || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = Number(article.closest<HTMLElement>("[data-index]")?.dataset.index);
    const message = rows[index]?.message;
    if (event.key === "ArrowDown") focusRow(Math.min(rows.length - 1, index + 1));
    else if (event.key === "ArrowUp") focusRow(Math.max(0, index - 1));
    else if (event.key === "End") void toNewest();
    else if (!message) return;
    else if (event.key === "Enter" || event.key === "r") openThread(message.thread ?? message.seq);
    else if (event.key === "e" && mayChange(message, "edit")) edit(message.seq);
    else if (event.key === "a" && mayAcknowledge(message)) void acknowledge(message);
    else if (event.key === "+" || event.key === ":") setOpen("emoji");
    else if (event.key === "m" || event.key === "ContextMenu") setOpen("menu");
    else return;
    event.preventDefault();
  };

  const toNewest = async () => {
    await attempt(() => loadNewest(id));
    requestAnimationFrame(() => virtual.scrollToEnd());
  };
  // What I say myself I want to see, wherever I was reading.
  const mine = waiting.filter((w) => w.conversation === id && !w.thread).length;
  const said = useRef(mine);
  useEffect(() => {
    if (mine > said.current) void follow.current();
    said.current = mine;
  }, [mine]);
  const toFirstUnread = async () => {
    if (line === undefined) return;
    await attempt(() => loadAround(id, line + 1));
    setTimeout(() => {
      const index = latest.current.findIndex((row) => row.unread);
      if (index >= 0) virtual.scrollToIndex(index, { align: "start" });
    });
  };
  const follow = useRef(toNewest);
  follow.current = toNewest;
  const latest = useRef(rows);
  latest.current = rows;

  const rowOf = (target: EventTarget) => {
    const index = (target as HTMLElement).closest<HTMLElement>("[data-index]")?.dataset.index;
    return index === undefined ? undefined : rows[Number(index)]?.key;
  };
  // What passes under the pointer while one scrolls is not pointed at; what is there afterwards is.
  const scrolling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stopped = () => {
    scrolling.current = undefined;
    const under = place.current?.querySelector("[data-index]:hover");
    if (under && !open && matchMedia("(hover: hover)").matches) setActive(rowOf(under));
  };
  const press = useRef<ReturnType<typeof setTimeout>>(undefined);

  const lineAbove =
    firstUnread !== undefined && fresh > 0 && rows.findIndex((row) => row.unread) < firstShown;
  const lineFarAbove =
    line !== undefined && fresh > 0 && firstUnread === undefined && timeline?.messages.length;

  if (query.isError && !timeline) return <Broken error={query.error} />;
  if (!timeline) return <Loading />;
  return (
    <div className={styles.frame}>
      <div
        ref={place}
        className={styles.scroll}
        role="feed"
        aria-label={t("timeline.label")}
        aria-busy={query.isFetching}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={(event) => inside(event) && setActive(rowOf(event.target))}
        onPointerOver={(event) => {
          if (event.pointerType === "mouse" && !open && !scrolling.current && inside(event))
            setActive(rowOf(event.target));
        }}
        onPointerLeave={(event) => {
          if (event.pointerType === "mouse" && !open) setActive(undefined);
        }}
        onPointerDown={(event) => {
          if (event.pointerType === "mouse") return;
          if (!inside(event)) return;
          const key = rowOf(event.target);
          clearTimeout(press.current);
          press.current = setTimeout(() => {
            setActive(key);
            setOpen("menu");
          }, 450);
        }}
        onPointerUp={() => clearTimeout(press.current)}
        onPointerCancel={() => clearTimeout(press.current)}
        onScroll={() => {
          clearTimeout(press.current);
          clearTimeout(scrolling.current);
          scrolling.current = setTimeout(stopped, 120);
        }}
      >
        <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index]!;
            return (
              <div
                key={item.key}
                data-index={item.index}
                ref={virtual.measureElement}
                className={styles.row}
                style={{
                  transform: `translateY(${item.start}px)`,
                  zIndex: row.key === active ? 2 : undefined,
                }}
              >
                <MessageRow
                  row={row}
                  active={row.key === active}
                  marked={row.seq > 0 && row.seq === marked}
                  editing={row.seq > 0 && row.seq === editing}
                  toolbar={row.key === active ? { open, setOpen } : closed}
                />
              </div>
            );
          })}
        </div>
      </div>
      {(lineAbove || lineFarAbove) && (
        <button type="button" className={styles.jump} data-where="top" onClick={() => void toFirstUnread()}>
          <IconArrowUp size={15} aria-hidden /> {t("timeline.toUnread", { n: fresh })}
        </button>
      )}
      {!(atEnd && timeline.last) && rows.length > 0 && (
        <button type="button" className={styles.jump} data-where="bottom" onClick={() => void toNewest()}>
          <IconArrowDown size={15} aria-hidden />{" "}
          {fresh > 0 ? t("timeline.toNew", { n: fresh }) : t("timeline.toNewest")}
        </button>
      )}
    </div>
  );
}

const closed = { open: undefined, setOpen: () => undefined };
