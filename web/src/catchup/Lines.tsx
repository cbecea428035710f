import { Link } from "@tanstack/react-router";
import type { Asked, ID, Message } from "../api/types";
import { plain } from "../conversation/MessageRow";
import type { Row } from "../inbox/order";
import { wantsText, whereText } from "../inbox/words";
import { useBoot, usePeople } from "../live/data";
import { t } from "../text/text";
import { exactTime, listNames, shortTime } from "../text/time";
import styles from "./CatchUp.module.css";

/** A message in one or two lines, which leads to it. */
export function Line({ message, where, children }: LineProps) {
  const boot = useBoot();
  const people = usePeople();
  const name = message.as?.name ?? people.get(message.author)?.name ?? t("person.unknown");
  return (
    <li className={styles.line}>
      <Link
        to="/c/$conversation/$seq"
        params={{ conversation: message.conversation, seq: String(message.seq) }}
      >
        <b dir="auto">{name}</b>
        {where && (
          <span className={styles.soft} dir="auto">
            {whereText(message.conversation, boot)}
          </span>
        )}
        <time className={styles.soft} dateTime={message.created_at} title={exactTime(message.created_at)}>
          {shortTime(message.created_at)}
        </time>
        <span className={styles.text} dir="auto">
          {plain(message) || t("inbox.noText")}
        </span>
      </Link>
      {children}
    </li>
  );
}

interface LineProps {
  message: Message;
  where?: boolean; // say in which conversation
  children?: React.ReactNode;
}

/** What still wants something from me. */
export function Waiting({ rows, now }: { rows: Row[]; now: Date }) {
  const people = usePeople();
  const nameOf = (id: ID) => people.get(id)?.name ?? t("person.unknown");
  return (
    <ul className={styles.lines}>
      {rows.map(({ key, item, items }) => (
        <Line key={key} message={item.message} where>
          <p className={styles.soft} data-wants={item.wants}>
            {wantsText(item, now, nameOf) ?? t("inbox.messages", { n: items.length })}
          </p>
        </Line>
      ))}
    </ul>
  );
}

/** What has found its answer. */
export function Settled({ asked }: { asked: Asked[] }) {
  const people = usePeople();
  const nameOf = (id: ID) => people.get(id)?.name ?? t("person.unknown");
  return (
    <ul className={styles.lines}>
      {asked.map(({ message }) => {
        const names = [...new Set((message.answers ?? []).map(({ person }) => nameOf(person)))];
        return (
          <Line key={message.id} message={message} where>
            {names.length > 0 && (
              <p className={styles.soft}>{t("catchUp.settled.by", { names: listNames(names) })}</p>
            )}
          </Line>
        );
      })}
    </ul>
  );
}
