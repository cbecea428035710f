import { IconCheck } from "@tabler/icons-react";
import type { CaughtUpWith } from "../api/types";
import { TextButton } from "../app/Buttons";
import { happenedText } from "../conversation/happened";
import { plain } from "../conversation/MessageRow";
import { useBoot, usePeople } from "../live/data";
import { conversationName } from "../live/names";
import { t } from "../text/text";
import { listNames } from "../text/time";
import styles from "./CatchUp.module.css";
import { Line } from "./Lines";

const named = 4; // people; the others are counted

/** What has happened in one conversation: changes, what is worth reading, who spoke, how much there is. */
export function ConversationCard({ one, current, read, onFocus, onOpen, onRead }: CardProps) {
  const boot = useBoot();
  const people = usePeople();
  const nameOf = (id: string) => people.get(id)?.name ?? t("person.unknown");
  const conversation = boot.conversations.find(({ id }) => id === one.conversation);
  if (!conversation) return null; // left meanwhile
  const name = `${conversation.kind === "channel" ? "#" : ""}${conversationName(conversation, boot)}`;
  const names = one.people.slice(0, named).map(nameOf);
  if (one.people.length > named) names.push(t("catchUp.people.others", { n: one.people.length - named }));
  return (
    <article
      className={styles.card}
      data-card={one.conversation}
      data-read={read || undefined}
      tabIndex={current ? 0 : -1}
      aria-label={`${name}, ${read ? t("catchUp.isRead") : t("catchUp.unread", { n: one.unread })}`}
      onFocus={onFocus}
    >
      <header>
        <h3 dir="auto">{name}</h3>
        {read ? (
          <span className={styles.isRead}>
            <IconCheck size={16} aria-hidden /> {t("catchUp.isRead")}
          </span>
        ) : (
          <span>
            {t("catchUp.unread", { n: one.unread })}
            {one.mentions > 0 && <b> · {t("catchUp.mentions", { n: one.mentions })}</b>}
          </span>
        )}
      </header>
      {!read && (
        <>
          {one.changes.length > 0 && (
            <ul className={styles.changes}>
              {one.changes.map((message) => (
                <li key={message.id} dir="auto">
                  {message.happened
                    ? happenedText(message.happened, nameOf(message.author), nameOf)
                    : `${t("happened.pinned", { author: nameOf(message.pinned_by ?? message.author) })}: ${plain(message)}`}
                </li>
              ))}
            </ul>
          )}
          {one.messages.length > 0 && (
            <>
              <h4>{t("catchUp.worth")}</h4>
              <ul className={styles.lines}>
                {one.messages.map((message) => (
                  <Line key={message.id} message={message} />
                ))}
              </ul>
            </>
          )}
          {names.length > 0 && (
            <p className={styles.soft}>{t("catchUp.people", { names: listNames(names) })}</p>
          )}
          <div className={styles.buttons}>
            <TextButton onClick={onOpen}>{t("catchUp.open")}</TextButton>
            <TextButton onClick={onRead}>{t("catchUp.read")}</TextButton>
          </div>
        </>
      )}
    </article>
  );
}

interface CardProps {
  one: CaughtUpWith;
  current: boolean;
  read: boolean;
  onFocus: () => void;
  onOpen: () => void;
  onRead: () => void;
}
