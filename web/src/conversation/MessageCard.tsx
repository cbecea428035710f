import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Message } from "../api/types";
import { Avatar } from "../app/Avatar";
import { groupsOf, useBoot, usePeople } from "../live/data";
import { conversationName } from "../live/names";
import { t } from "../text/text";
import { exactTime, shortTime } from "../text/time";
import { Body } from "./Body";
import styles from "./MessageCard.module.css";

/** A message outside of its conversation: found, saved or pinned. Opens in its place. */
export function MessageCard({ message, words, onOpen, children }: MessageCardProps) {
  const boot = useBoot();
  const people = usePeople();
  const navigate = useNavigate();
  const author = people.get(message.author);
  const conversation = boot.conversations.find((c) => c.id === message.conversation);
  const reader = useMemo(
    () => ({
      me: boot.me.id,
      groups: new Set(
        [...groupsOf(boot).values()].filter((g) => g.members.includes(boot.me.id)).map((g) => g.id),
      ),
      nameOf: (id: string) => people.get(id)?.name,
      words,
    }),
    [boot, people, words],
  );
  const open = () => {
    onOpen?.();
    void navigate({
      to: "/c/$conversation/$seq",
      params: { conversation: message.conversation, seq: String(message.seq) },
    });
  };
  const name = message.as?.name ?? author?.name ?? t("person.unknown");
  return (
    <article className={styles.card} aria-label={`${name}, ${shortTime(message.created_at)}`}>
      <Avatar person={message.as ? undefined : author} name={name} emoji={message.as?.avatar} size={34} />
      <div className={styles.content}>
        <header>
          <strong dir="auto">{name}</strong>
          <span dir="auto">
            {conversation &&
              `${conversation.kind === "channel" ? "#" : ""}${conversationName(conversation, boot)}`}
          </span>
          <time dateTime={message.created_at} title={exactTime(message.created_at)}>
            {shortTime(message.created_at)}
          </time>
        </header>
        <div className={styles.body}>
          <Body html={message.html} reader={reader} />
          {message.files?.map((file) => (
            <small key={file.id} className={styles.file}>
              📎 {file.name}
            </small>
          ))}
        </div>
        <div className={styles.actions}>
          <button type="button" onClick={open}>
            {t("card.open")}
          </button>
          {children}
        </div>
      </div>
    </article>
  );
}

interface MessageCardProps {
  message: Message;
  words?: string[];
  onOpen?: () => void;
  children?: React.ReactNode;
}
