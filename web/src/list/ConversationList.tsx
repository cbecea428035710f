import { IconChevronDown, IconEdit, IconHash, IconLock, IconPencil, IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { memo, useEffect, useMemo, useState } from "react";
import type { Conversation } from "../api/types";
import { Avatar, PresenceDot } from "../app/Avatar";
import { IconButton } from "../app/Buttons";
import { overlay } from "../app/overlays";
import { unread } from "../live/apply";
import { watch } from "../live/connection";
import { useBoot } from "../live/data";
import { conversationName, others } from "../live/names";
import { number, t } from "../text/text";
import styles from "./ConversationList.module.css";
import { sections } from "./order";

export function ConversationList({ current }: { current?: string }) {
  const boot = useBoot();
  const [text, setText] = useState("");
  const [onlyUnread, setOnlyUnread] = useState(false);
  const shown = useMemo(() => sections(boot, { text, unread: onlyUnread }), [boot, text, onlyUnread]);
  const drafts = useMemo(
    () => new Set(boot.drafts.filter((d) => !d.thread && d.body.trim()).map((d) => d.conversation)),
    [boot.drafts],
  );
  const direct = boot.conversations
    .filter((c) => c.kind === "direct")
    .flatMap((c) => others(c, boot).map((p) => p.id))
    .join();
  useEffect(() => {
    if (direct) void watch(direct.split(","));
  }, [direct]);

  return (
    <nav className={styles.list} aria-label={t("rail.conversations")}>
      <header className={styles.header}>
        <h1>{boot.organisation.name}</h1>
        <IconButton
          label={t("action.newConversation")}
          onClick={() => overlay.set({ kind: "new-conversation" })}
        >
          <IconEdit size={19} stroke={1.7} />
        </IconButton>
      </header>
      <div className={styles.filter}>
        <input
          type="search"
          value={text}
          placeholder={t("list.filter")}
          aria-label={t("list.filter")}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && setText("")}
        />
        <button type="button" aria-pressed={onlyUnread} onClick={() => setOnlyUnread(!onlyUnread)}>
          {t("list.unread")}
        </button>
      </div>
      <div className={styles.sections}>
        {shown.map((section) => (
          <SectionView
            key={section.id}
            name={sectionName(section.id, section.name)}
            folded={section.id === "muted" && !text}
            count={section.conversations.length}
          >
            {section.conversations.map((conversation) => (
              <Row
                key={conversation.id}
                conversation={conversation}
                name={conversationName(conversation, boot)}
                person={conversation.kind === "direct" ? others(conversation, boot)[0] : undefined}
                current={conversation.id === current}
                draft={drafts.has(conversation.id)}
              />
            ))}
          </SectionView>
        ))}
        {shown.length === 0 && (
          <p className={styles.nothing}>{text || onlyUnread ? t("list.noneFound") : t("list.none")}</p>
        )}
        <Link to="/browse" className={styles.browse}>
          {t("action.browse")}
        </Link>
        <Link to="/saved" className={styles.browse} data-narrow>
          {t("rail.saved")}
        </Link>
        {!!boot.scheduled?.length && (
          <Link to="/scheduled" className={styles.browse}>
            {t("scheduled.list", { n: boot.scheduled.length })}
          </Link>
        )}
      </div>
    </nav>
  );
}

function sectionName(id: string, name?: string) {
  if (name) return name;
  if (id === "starred") return t("list.starred");
  if (id === "channels") return t("list.channels");
  if (id === "muted") return t("list.muted");
  return t("list.direct");
}

function SectionView({ name, folded, count, children }: SectionProps) {
  const [open, setOpen] = useState(!folded);
  return (
    <section className={styles.section} aria-label={name}>
      <h2>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconChevronDown size={14} aria-hidden data-open={open || undefined} />
          {name}
          {!open && <span className={styles.count}>{number(count)}</span>}
        </button>
      </h2>
      {open && <ul>{children}</ul>}
    </section>
  );
}

interface SectionProps {
  name: string;
  folded: boolean;
  count: number;
  children: React.ReactNode;
}

const Row = memo(function Row({ conversation, name, person, current, draft }: RowProps) {
  const news = unread(conversation);
  const mentions = conversation.me?.mentions ?? 0;
  const asks = mentions > 0 || (news > 0 && conversation.kind !== "channel" && !conversation.me?.muted);
  return (
    <li>
      <Link
        to="/c/$conversation"
        params={{ conversation: conversation.id }}
        className={styles.row}
        aria-current={current ? "page" : undefined}
        data-unread={(news > 0 && !conversation.me?.muted) || undefined}
      >
        <span className={styles.icon}>
          {person ? (
            <Avatar person={person} size={22} />
          ) : conversation.kind === "group" ? (
            <IconUsers size={17} stroke={1.7} aria-hidden />
          ) : conversation.visibility === "private" ? (
            <IconLock size={16} stroke={1.7} aria-hidden />
          ) : (
            <IconHash size={17} stroke={1.7} aria-hidden />
          )}
        </span>
        <span className={styles.name} dir="auto">
          {name}
        </span>
        {person?.status?.emoji && (
          <span className={styles.status} title={person.status.text}>
            {person.status.emoji}
          </span>
        )}
        {person && <PresenceDot person={person.id} />}
        {draft && !current && <IconPencil size={14} className={styles.draft} aria-label={t("list.draft")} />}
        {asks && <span className={styles.badge}>{number(mentions || news)}</span>}
        {news > 0 && (
          <span className="aloud">
            {mentions > 0 ? t("list.mentions", { n: mentions }) : t("list.unreadCount", { n: news })}
          </span>
        )}
      </Link>
    </li>
  );
});

interface RowProps {
  conversation: Conversation;
  name: string;
  person?: React.ComponentProps<typeof Avatar>["person"];
  current: boolean;
  draft: boolean;
}
