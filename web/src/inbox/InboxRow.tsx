import { ActionIcon, Menu } from "@mantine/core";
import { IconCheck, IconClockPause, IconUserShare } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useId, useRef, useState } from "react";
import type { Conversation, Item } from "../api/types";
import { Avatar } from "../app/Avatar";
import { IconButton, TextButton } from "../app/Buttons";
import { Decision } from "../decide/Decision";
import { currentTime } from "../live/clock";
import { peopleOf, useBoot, useConversation } from "../live/data";
import { t } from "../text/text";
import { exactTime, listNames, shortTime } from "../text/time";
import { Answer } from "./Answer";
import styles from "./Inbox.module.css";
import type { Row } from "./order";
import { untils } from "./snooze";
import { useSwipe } from "./useSwipe";
import { lineText, soon, wantsText, whereText, whyText } from "./words";

/** What can be done with a row. */
export interface Acts {
  open: (row: Row) => void;
  done: (row: Row) => void;
  snooze: (row: Row, until: Date | "own") => void;
  answer: (row: Row | undefined) => void;
  acknowledge: (row: Row) => void;
  handOver: (row: Row) => void;
  menu: (row: Row | undefined) => void;
}

/** One thing that wants me: who, what, by when, where, why, and what I can do about it. */
export function InboxRow({ row, now, current, answering, menu, acts }: InboxRowProps) {
  const id = useId();
  const boot = useBoot();
  const people = peopleOf(boot);
  const article = useRef<HTMLElement>(null);
  const swipe = useSwipe(article, { done: () => acts.done(row), later: () => acts.menu(row) });
  const nameOf = (id: string) => people.get(id)?.name ?? t("person.unknown");
  const { item } = row;
  const { message } = item;
  const author = people.get(message.author);
  const names = listNames([
    ...new Set(row.items.map((one) => one.message.as?.name ?? nameOf(one.message.author))),
  ]);
  const wants = wantsText(item, now, nameOf);
  const where = whereText(message.conversation, boot);
  const text = lineText(item);
  const kind = useConversation(message.conversation)?.kind;
  const first = row.items[0]!.message;
  const may = mayOf(item, kind);
  const decides = item.wants === "answer" && !!message.decision && !message.decision.closed_at;

  return (
    <li className={styles.place} data-side={swipe.side}>
      <span className={styles.under} aria-hidden>
        {swipe.side === "done" ? <IconCheck size={22} /> : <IconClockPause size={22} />}
      </span>
      <article
        ref={article}
        className={styles.row}
        data-key={row.key}
        data-current={current || undefined}
        data-wants={item.wants}
        tabIndex={current ? 0 : -1}
        aria-labelledby={`${id}-who ${id}-wants ${id}-text`}
        {...swipe.handlers}
      >
        <Avatar person={message.as ? undefined : author} name={names} emoji={message.as?.avatar} size={32} />
        <div className={styles.content}>
          <header>
            <strong id={`${id}-who`} dir="auto">
              {names}
            </strong>
            {where && (
              <span className={styles.where} dir="auto">
                {where}
              </span>
            )}
            <time dateTime={item.at} title={exactTime(item.at)}>
              {shortTime(item.at)}
            </time>
          </header>
          {wants && (
            <p
              id={`${id}-wants`}
              className={styles.wants}
              data-wants={item.wants}
              title={message.by && exactTime(message.by)}
            >
              {wants}
            </p>
          )}
          <Link
            to="/c/$conversation/$seq"
            params={{ conversation: message.conversation, seq: String(first.seq) }}
            search={{ beside: "inbox" }}
            className={styles.line}
            id={`${id}-text`}
            dir="auto"
          >
            {text}
          </Link>
          {item.note && (
            <p className={styles.note} dir="auto">
              {item.note}
            </p>
          )}
          <p className={styles.why}>
            {whyText(item, nameOf)}
            {row.items.length > 1 && <> · {t("inbox.messages", { n: row.items.length })}</>}
          </p>
          {decides && <Decision message={message} brief />}
          <div className={styles.actions}>
            {item.wants === "acknowledge" && (
              <TextButton kind="filled" onClick={() => acts.acknowledge(row)}>
                {t("inbox.acknowledge")}
              </TextButton>
            )}
            {may.answer && (
              <TextButton
                kind={item.wants === "answer" && !decides ? "filled" : "plain"}
                onClick={() => acts.answer(answering ? undefined : row)}
                aria-expanded={answering}
              >
                {t("inbox.answer")}
              </TextButton>
            )}
            <span className={styles.tools}>
              {item.wants !== "acknowledge" && (
                <IconButton label={t("inbox.done")} onClick={() => acts.done(row)}>
                  <IconCheck size={18} stroke={1.8} />
                </IconButton>
              )}
              <SnoozeMenu
                opened={menu}
                onOpen={(opened) => acts.menu(opened ? row : undefined)}
                onUntil={(until) => acts.snooze(row, until)}
              />
              {may.handOver && (
                <IconButton label={t("inbox.handOver")} onClick={() => acts.handOver(row)}>
                  <IconUserShare size={18} stroke={1.8} />
                </IconButton>
              )}
            </span>
          </div>
          {answering && <Answer item={item} onClose={(sent) => closeAnswer(acts, row, item, sent)} />}
        </div>
      </article>
    </li>
  );
}

/** What one can do with it. In a direct conversation there is nobody else; what only I see is nobody else's. */
export function mayOf(item: Item, kind: Conversation["kind"] | undefined) {
  const mine = item.wants === "reminder" || item.wants === "report";
  return {
    answer: kind !== undefined && item.wants !== "report",
    handOver: !mine && !!kind && kind !== "direct",
  };
}

// What only wanted a look has had it when it is answered; what wants an answer goes when the server has it.
function closeAnswer(acts: Acts, row: Row, item: Item, sent: boolean) {
  acts.answer(undefined);
  if (sent && (item.wants === "look" || item.wants === "reminder")) acts.done(row);
}

interface InboxRowProps {
  row: Row;
  now: Date;
  current: boolean;
  answering: boolean;
  menu: boolean;
  acts: Acts;
}

/** Until when: the usual times, or one's own. */
function SnoozeMenu({ opened, onOpen, onUntil }: SnoozeMenuProps) {
  const { me } = useBoot();
  const [now, setNow] = useState(() => currentTime());
  return (
    <Menu
      opened={opened}
      onChange={(shown) => {
        setNow(currentTime());
        onOpen(shown);
      }}
      position="bottom-end"
      withinPortal
      transitionProps={{ duration: 80 }}
    >
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--text-soft)"
          size="2rem"
          aria-label={t("inbox.snooze")}
          title={t("inbox.snooze")}
        >
          <IconClockPause size={18} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {untils(me.hours, me.zone, now).map(({ until, at }) => (
          <Menu.Item key={until} onClick={() => onUntil(at)} rightSection={<small>{soon(at, now)}</small>}>
            {t(`inbox.snooze.${until}`)}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => onUntil("own")}>{t("inbox.snooze.own")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface SnoozeMenuProps {
  opened: boolean;
  onOpen: (opened: boolean) => void;
  onUntil: (until: Date | "own") => void;
}
