import "../text/more";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Empty } from "../app/Notices";
import { type Action, matches, useActions } from "../keys/actions";
import { currentTime } from "../live/clock";
import { useBoot } from "../live/data";
import { useMinute } from "../live/now";
import { store, useStore } from "../live/store";
import { number, t } from "../text/text";
import { AskedList } from "./Asked";
import { HandOverDialog, UntilDialog } from "./Dialogs";
import styles from "./Inbox.module.css";
import { type Acts, InboxRow, mayOf } from "./InboxRow";
import { type Row, rowsOf } from "./order";
import { PutOff } from "./PutOff";
import { dueIn, putOffIn } from "./state";
import { heldText, soon } from "./words";
import * as work from "./work";

const tabs = ["mine", "asked"] as const;
/** Which of the two lists is shown; it stays so while one is elsewhere. */
const shownTab = store<(typeof tabs)[number]>("mine");

/** The queue: everything that wants something from me, and what I want of others. `alone`: nothing is open beside it. */
export function InboxPane({ alone }: { alone: boolean }) {
  const { inbox } = useBoot();
  const now = useMinute();
  const tab = useStore(shownTab);
  const rows = useMemo(() => rowsOf(dueIn(inbox, now)), [inbox, now]);
  const Title = alone ? "h1" : "h2";
  const counts = { mine: rows.length, asked: 0 };
  const list = useRef<HTMLDivElement>(null);

  return (
    <section className={styles.pane} aria-label={t("rail.inbox")}>
      <header className={styles.head}>
        <Title>{t("rail.inbox")}</Title>
        <div role="tablist" aria-label={t("rail.inbox")} className={styles.tabs}>
          {tabs.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`inbox-tab-${one}`}
              aria-selected={one === tab}
              aria-controls="inbox-list"
              tabIndex={one === tab ? 0 : -1}
              onClick={() => shownTab.set(one)}
              onKeyDown={(event) => {
                if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
                const other = one === "mine" ? "asked" : "mine";
                shownTab.set(other);
                document.getElementById(`inbox-tab-${other}`)?.focus();
              }}
            >
              {t(`inbox.tab.${one}`)}
              {counts[one] > 0 && <span className={styles.count}>{number(counts[one])}</span>}
            </button>
          ))}
        </div>
      </header>
      <div
        ref={list}
        id="inbox-list"
        role="tabpanel"
        aria-labelledby={`inbox-tab-${tab}`}
        className={styles.scroll}
        tabIndex={-1}
      >
        {tab === "asked" ? <AskedList /> : <Queue rows={rows} now={now} />}
        {tab === "mine" && <PutOff items={putOffIn(inbox, now)} now={now} />}
        {tab === "mine" && rows.length > 0 && inbox.held.messages > 0 && (
          <p className={styles.held}>{heldText(inbox.held, now)}</p>
        )}
      </div>
    </section>
  );
}

function Queue({ rows, now }: { rows: Row[]; now: Date }) {
  const { inbox, conversations } = useBoot();
  const navigate = useNavigate();
  const place = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string>();
  const [answering, setAnswering] = useState<string>();
  const [menu, setMenu] = useState<string>();
  const [handing, setHanding] = useState<Row>();
  const [own, setOwn] = useState<Row>();
  const undo = useStore(work.undoable);

  // When the row one is at is gone, the one that has moved up to its place is next; the focus goes with it.
  const index = useRef(0);
  const focused = useRef(false);
  const at = rows.findIndex((row) => row.key === chosen);
  const current = rows[at >= 0 ? at : Math.min(index.current, rows.length - 1)];
  const find = (key: string) => place.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  useLayoutEffect(() => {
    if (at >= 0) index.current = at;
    if (at < 0 && current && focused.current && !answering)
      find(current.key)?.focus({ preventScroll: false });
  });
  useEffect(() => {
    if (answering && !rows.some((row) => row.key === answering)) setAnswering(undefined);
  }, [rows, answering]);

  const go = (by: 1 | -1) => {
    const here = current ? rows.indexOf(current) : -1;
    // What has no focus yet begins where it stands.
    const next = rows[Math.max(0, Math.min(rows.length - 1, focused.current ? here + by : here))];
    if (!next) return;
    setChosen(next.key);
    const row = find(next.key);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  };
  const may = ({ item }: Row) =>
    mayOf(item, conversations.find(({ id }) => id === item.message.conversation)?.kind);
  const acts: Acts = {
    open: (row) =>
      void navigate({
        to: "/c/$conversation/$seq",
        params: {
          conversation: row.item.message.conversation,
          seq: String(row.items[0]!.message.seq),
        },
        search: { beside: "inbox" },
      }),
    done: (row) => void work.done(row.items),
    snooze: (row, until) => {
      setMenu(undefined);
      if (until === "own") setOwn(row);
      else void work.snooze(row.items, until, soon(until, currentTime()));
    },
    answer: (row) => {
      if (row && !may(row).answer) return;
      setAnswering(row?.key);
      if (row) setChosen(row.key);
      else if (current) find(current.key)?.focus();
    },
    acknowledge: (row) => void work.acknowledge(row.item),
    handOver: (row) => may(row).handOver && setHanding(row),
    menu: (row) => {
      setMenu(row?.key);
      if (row) setChosen(row.key);
    },
  };

  const on = (run: (row: Row) => void) => () => current && run(current);
  const actions: Action[] = [
    { id: "inboxNext", label: t("inbox.key.next"), keys: "j", hidden: true, run: () => go(1) },
    { id: "inboxPrevious", label: t("inbox.key.previous"), keys: "k", hidden: true, run: () => go(-1) },
    { id: "inboxOpen", label: t("inbox.key.open"), keys: "Enter", hidden: true, run: on(acts.open) },
    { id: "inboxDone", label: t("inbox.done"), keys: "e", hidden: true, run: on(acts.done) },
    { id: "inboxSnooze", label: t("inbox.snooze"), keys: "s", hidden: true, run: on(acts.menu) },
    { id: "inboxAnswer", label: t("inbox.key.answer"), keys: "r", hidden: true, run: on(acts.answer) },
    {
      id: "inboxAcknowledge",
      label: t("inbox.acknowledge"),
      keys: "a",
      hidden: true,
      run: on((row) => row.item.wants === "acknowledge" && acts.acknowledge(row)),
    },
    { id: "inboxHandOver", label: t("inbox.handOver"), keys: "h", hidden: true, run: on(acts.handOver) },
    { id: "inboxUndo", label: t("inbox.undo"), keys: "u", hidden: true, run: () => undo?.() },
  ].map((action) => ({ ...action, where: "inbox" as const }));
  useActions(actions);

  // Here first: beside an open conversation some keys are that one's, unless the focus is here.
  const onKeyDown = (event: React.KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (!event.currentTarget.contains(target) || target.closest("textarea, input")) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    const action = actions.find(({ keys }) => matches(keys!, event.nativeEvent));
    if (event.key === "Enter" && target.tagName !== "ARTICLE") return; // a button's, or the link's
    if (step) go(step);
    else if (action) action.run();
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what is in it
    <div
      ref={place}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        focused.current = true;
        const key = (event.target as HTMLElement).closest<HTMLElement>("[data-key]")?.dataset.key;
        if (key) setChosen(key);
      }}
      onBlur={(event) => {
        const to = event.relatedTarget as HTMLElement | null;
        if (to && !event.currentTarget.contains(to)) focused.current = false;
      }}
    >
      {rows.length === 0 ? (
        <Empty title={t("inbox.empty")}>
          <p>{heldText(inbox.held, now)}</p>
        </Empty>
      ) : (
        <ol className={styles.rows} aria-label={t("inbox.tab.mine")}>
          {rows.map((row) => (
            <InboxRow
              key={row.key}
              row={row}
              now={now}
              current={row === current}
              answering={row.key === answering}
              menu={row.key === menu}
              acts={acts}
            />
          ))}
        </ol>
      )}
      {handing && <HandOverDialog item={handing.item} onClose={() => setHanding(undefined)} />}
      {own && <UntilDialog onUntil={(until) => acts.snooze(own, until)} onClose={() => setOwn(undefined)} />}
    </div>
  );
}
