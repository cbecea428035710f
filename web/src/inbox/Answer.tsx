import { IconSend2, IconX } from "@tabler/icons-react";
import { useLayoutEffect, useRef, useState } from "react";
import type { Conversation, Item } from "../api/types";
import { IconButton } from "../app/Buttons";
import { draftOf, draftSent, keepDraft } from "../conversation/drafts";
import { useBoot, useConversation, usePreferences } from "../live/data";
import { send } from "../live/outbox";
import { t } from "../text/text";
import styles from "./Inbox.module.css";

/** Where an answer goes: a direct conversation goes on; elsewhere it is the message's thread. 0 is no thread. */
export const threadOf = ({ message }: Item, conversation: Pick<Conversation, "kind"> | undefined) =>
  message.thread ?? (conversation?.kind === "direct" ? 0 : message.seq);

/** A few words, without leaving the queue. What is begun here goes on in the conversation. */
export function Answer({ item, onClose }: { item: Item; onClose: (sent: boolean) => void }) {
  const { me } = useBoot();
  const preferences = usePreferences();
  const { conversation } = item.message;
  const thread = threadOf(item, useConversation(conversation));
  const [begun] = useState(() => draftOf(conversation, thread));
  const [body, setBody] = useState(begun.body);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);

  const submit = () => {
    const text = body.trim();
    if (!text) return;
    send({
      author: me.id,
      conversation,
      ...(thread ? { thread } : {}),
      body: text,
      files: begun.files,
    });
    draftSent(conversation, thread);
    onClose(true);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const enterSends = preferences.enter_sends !== false && !matchMedia("(hover: none)").matches;
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && (mod || (enterSends && !event.shiftKey))) submit();
    else if (event.key === "Escape") onClose(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <form
      className={styles.answer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={field}
        value={body}
        rows={2}
        dir="auto"
        aria-label={t("inbox.answer.field")}
        placeholder={t(thread ? "inbox.answer.thread" : "inbox.answer.direct")}
        onChange={(event) => {
          setBody(event.currentTarget.value);
          keepDraft({ conversation, thread, body: event.currentTarget.value, files: begun.files });
        }}
        onKeyDown={onKeyDown}
      />
      <IconButton label={t("app.cancel")} onClick={() => onClose(false)}>
        <IconX size={18} stroke={1.8} />
      </IconButton>
      <IconButton label={t("inbox.answer.send")} type="submit" disabled={!body.trim()}>
        <IconSend2 size={18} stroke={1.8} className="flip" />
      </IconButton>
    </form>
  );
}
