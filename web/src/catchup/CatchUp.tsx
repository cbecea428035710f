import "../text/more";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { inboxApi } from "../api/inbox";
import { problemText } from "../api/problem";
import type { CaughtUpWith, CatchUp as Told } from "../api/types";
import { TextButton } from "../app/Buttons";
import { Empty, Loading } from "../app/Notices";
import { TextField } from "../form/fields";
import { local } from "../inbox/Dialogs";
import { rowsOf } from "../inbox/order";
import { undoable } from "../inbox/work";
import { type Action, matches, useActions } from "../keys/actions";
import { currentTime } from "../live/clock";
import { keys, useBoot } from "../live/data";
import { useMinute } from "../live/now";
import { store, useStore } from "../live/store";
import { t } from "../text/text";
import { exactTime, mediumTime } from "../text/time";
import styles from "./CatchUp.module.css";
import { ConversationCard } from "./ConversationCard";
import { Settled, Waiting } from "./Lines";
import { readUpTo } from "./reading";
import { type Choice, choices, sinceOf } from "./since";

// What was chosen, and where one was, stays while one reads a conversation and comes back.
const chosen = store<{ choice: Choice; own: string }>({ choice: "work", own: "" });
const place = store<string | undefined>(undefined);

/** What has happened since I was last at work, the most important first. */
export function CatchUp() {
  const { me } = useBoot();
  const { choice, own } = useStore(chosen);
  const [now] = useState(() => currentTime()); // as it was when one came: what comes meanwhile is not missed
  const since = sinceOf(choice, own, me.zone, now)?.toISOString();
  const query = useQuery({
    queryKey: [...keys.catchUp, since ?? ""],
    queryFn: () => inboxApi.catchUp(since),
    staleTime: 60_000,
    gcTime: 10 * 60_000,
  });
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1>{t("rail.catchUp")}</h1>
        <div className={styles.since} role="group" aria-label={t("catchUp.since")}>
          <span aria-hidden>{t("catchUp.since")}</span>
          {choices.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === choice}
              onClick={() =>
                chosen.set({ choice: one, own: own || local(new Date(now.getTime() - 7 * 86_400_000)) })
              }
            >
              {t(`catchUp.since.${one}`)}
            </button>
          ))}
        </div>
        {choice === "own" && (
          <TextField
            label={t("catchUp.since.from")}
            type="datetime-local"
            value={own}
            max={local(now)}
            onText={(text) => chosen.set({ choice, own: text })}
          />
        )}
        {query.data && (
          <p className={styles.soft} title={exactTime(query.data.since)}>
            {t("catchUp.since.exact", { time: mediumTime(query.data.since) })}
          </p>
        )}
      </header>
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <Empty title={problemText(query.error)} />
      ) : (
        <Report told={query.data} />
      )}
    </main>
  );
}

function Report({ told }: { told: Told }) {
  const boot = useBoot();
  const minute = useMinute();
  const navigate = useNavigate();
  const undo = useStore(undoable);
  const at = useStore(place);
  const list = useRef<HTMLDivElement>(null);
  const { conversations } = told;
  const waiting = useMemo(() => rowsOf(told.waiting), [told.waiting]);
  const readTo = useMemo(
    () => new Map(boot.conversations.map(({ id, me }) => [id, me?.read_seq ?? 0])),
    [boot.conversations],
  );
  const isRead = (one: CaughtUpWith) => (readTo.get(one.conversation) ?? 0) >= one.last;
  const unread = conversations.filter((one) => !isRead(one));
  const index = Math.max(
    0,
    conversations.findIndex((one) => one.conversation === at),
  );
  const current = conversations[index];
  const focus = useCallback((id: string) => {
    const card = list.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  }, []);
  // Back from a conversation one is where one was.
  useLayoutEffect(() => {
    if (place.get()) focus(place.get()!);
  }, [focus]);

  const go = (by: 1 | -1) => {
    const begun = list.current?.contains(document.activeElement);
    const next = conversations[Math.max(0, Math.min(conversations.length - 1, begun ? index + by : index))];
    if (!next) return;
    place.set(next.conversation);
    focus(next.conversation);
  };
  const open = (one: CaughtUpWith) => {
    place.set(one.conversation);
    void navigate({
      to: "/c/$conversation/$seq",
      params: { conversation: one.conversation, seq: String(one.first) },
    });
  };
  const read = (one: CaughtUpWith) => void readUpTo({ [one.conversation]: one.last });
  const actions: Action[] = [
    { id: "catchUpNext", label: t("inbox.key.next"), keys: "j", run: () => go(1) },
    { id: "catchUpPrevious", label: t("inbox.key.previous"), keys: "k", run: () => go(-1) },
    { id: "catchUpOpen", label: t("catchUp.open"), keys: "Enter", run: () => current && open(current) },
    { id: "catchUpRead", label: t("catchUp.read"), keys: "e", run: () => current && read(current) },
    { id: "catchUpUndo", label: t("inbox.undo"), keys: "u", run: () => undo?.() },
  ].map((action) => ({ ...action, where: "catchUp", hidden: true }));
  useActions(actions);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if ((event.target as HTMLElement).tagName !== "ARTICLE") return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    const action = actions.find(({ keys }) => matches(keys!, event.nativeEvent));
    if (step) go(step);
    else if (action) action.run();
    else return;
    event.preventDefault();
  };

  if (waiting.length + told.settled.length + conversations.length === 0)
    return (
      <Empty title={t("catchUp.none")}>
        <p>{t("catchUp.none.more")}</p>
      </Empty>
    );
  return (
    <>
      {waiting.length > 0 && (
        <section className={styles.part}>
          <div className={styles.partHead}>
            <h2>{t("catchUp.waiting")}</h2>
            <Link to="/inbox">{t("catchUp.waiting.open")}</Link>
          </div>
          <Waiting rows={waiting} now={minute} />
        </section>
      )}
      {told.settled.length > 0 && (
        <section className={styles.part}>
          <h2>{t("catchUp.settled")}</h2>
          <Settled asked={told.settled} />
        </section>
      )}
      {conversations.length > 0 && (
        <section className={styles.part}>
          <div className={styles.partHead}>
            <h2>{t("catchUp.conversations")}</h2>
            <TextButton
              disabled={unread.length === 0}
              onClick={() =>
                void readUpTo(Object.fromEntries(conversations.map((one) => [one.conversation, one.last])))
              }
            >
              {t("catchUp.readAll")}
            </TextButton>
          </div>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the cards in it */}
          <div ref={list} className={styles.cards} onKeyDown={onKeyDown}>
            {conversations.map((one) => (
              <ConversationCard
                key={one.conversation}
                one={one}
                current={one === current}
                read={isRead(one)}
                onFocus={() => place.set(one.conversation)}
                onOpen={() => open(one)}
                onRead={() => read(one)}
              />
            ))}
          </div>
        </section>
      )}
    </>
  );
}
