import { Menu, Popover } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBell,
  IconBookmark,
  IconBookmarkOff,
  IconCheck,
  IconCopy,
  IconDots,
  IconEyeOff,
  IconHistory,
  IconLink,
  IconMessage2,
  IconMoodSmile,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconQuote,
  IconRoute,
  IconTrash,
} from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import type { Message } from "../api/types";
import { recentEmoji, usedEmoji } from "../emoji/emoji";
import { takeBack } from "../need/undo";
import { t } from "../text/text";
import {
  acknowledge,
  copy,
  mayAcknowledge,
  mayChange,
  messageLink,
  move,
  pin,
  react,
  remind,
  remove,
  save,
  showHistory,
  showTrace,
  unreadFrom,
} from "./actions";
import { useRoom } from "./context";
import styles from "./Toolbar.module.css";

const EmojiPicker = lazy(() => import("../emoji/EmojiPicker").then((m) => ({ default: m.EmojiPicker })));

export interface ToolbarState {
  open: "menu" | "emoji" | undefined;
  setOpen: (open: "menu" | "emoji" | undefined) => void;
}

/** What can be done with the message under the pointer or the focus. */
export function Toolbar({ message, state }: { message: Message; state: ToolbarState }) {
  const { boot, saved, openThread, quote, edit, thread, conversation } = useRoom();
  const { setOpen } = state;
  // A key may have asked for the menu before the toolbar was there: what opens needs its button first.
  const [there, setThere] = useState(false);
  useEffect(() => setThere(true), []);
  const open = there ? state.open : undefined;
  const isSaved = saved.has(message.id);
  const member = !!conversation.me && !conversation.archived_at;
  const alive = !message.deleted_at;
  const choose = (emoji: string) => {
    setOpen(undefined);
    usedEmoji(emoji);
    void react(message, emoji);
  };
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t("message.actions")}>
      {alive && member && (
        <>
          {recentEmoji(3).map((emoji) => (
            <button
              key={emoji}
              type="button"
              className={styles.quick}
              aria-label={t("message.reactWith", { emoji })}
              onClick={() => choose(emoji)}
            >
              {emoji}
            </button>
          ))}
          <Popover
            opened={open === "emoji"}
            onChange={(shown) => setOpen(shown ? "emoji" : undefined)}
            trapFocus
            returnFocus
            position="bottom-end"
            withinPortal
          >
            <Popover.Target>
              <button
                type="button"
                aria-label={t("message.react")}
                title={t("message.react")}
                onClick={() => setOpen(open === "emoji" ? undefined : "emoji")}
              >
                <IconMoodSmile size={18} stroke={1.7} aria-hidden />
              </button>
            </Popover.Target>
            <Popover.Dropdown aria-label={t("emoji.title")}>
              <Suspense>
                <EmojiPicker onChoose={choose} />
              </Suspense>
            </Popover.Dropdown>
          </Popover>
          {!thread && (
            <button
              type="button"
              aria-label={t("message.reply")}
              title={t("message.reply")}
              onClick={() => openThread(message.thread ?? message.seq)}
            >
              <IconMessage2 size={18} stroke={1.7} aria-hidden />
            </button>
          )}
        </>
      )}
      <Menu
        opened={open === "menu"}
        onChange={(shown) => setOpen(shown ? "menu" : undefined)}
        position="bottom-end"
        withinPortal
        transitionProps={{ duration: 80 }}
      >
        <Menu.Target>
          <button type="button" aria-label={t("app.more")} title={t("app.more")}>
            <IconDots size={18} stroke={1.7} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayAcknowledge(message) && (
            <Menu.Item leftSection={<IconCheck size={16} />} onClick={() => void acknowledge(message)}>
              {t("message.acknowledge")}
            </Menu.Item>
          )}
          {alive && member && (
            <>
              <Menu.Item
                leftSection={<IconMoodSmile size={16} />}
                closeMenuOnClick={false}
                onClick={() => setOpen("emoji")}
              >
                {t("message.react")}
              </Menu.Item>
              {!thread && (
                <Menu.Item
                  leftSection={<IconMessage2 size={16} />}
                  onClick={() => openThread(message.thread ?? message.seq)}
                >
                  {t("message.reply")}
                </Menu.Item>
              )}
              <Menu.Item leftSection={<IconQuote size={16} />} onClick={() => quote(message)}>
                {t("message.quote")}
              </Menu.Item>
              {mayChange(message, "edit") && (
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => edit(message.seq)}>
                  {t("message.edit")}
                </Menu.Item>
              )}
              <Menu.Divider role="separator" />
            </>
          )}
          <Menu.Item leftSection={<IconLink size={16} />} onClick={() => void copy(messageLink(message))}>
            {t("message.copyLink")}
          </Menu.Item>
          {alive && message.body && (
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copy(message.body)}>
              {t("message.copyText")}
            </Menu.Item>
          )}
          {alive && (
            <Menu.Item
              leftSection={isSaved ? <IconBookmarkOff size={16} /> : <IconBookmark size={16} />}
              onClick={() => void save(message)}
            >
              {isSaved ? t("message.unsave") : t("message.save")}
            </Menu.Item>
          )}
          {alive && (
            <Menu.Item leftSection={<IconBell size={16} />} onClick={() => remind(message)}>
              {t("message.remind")}
            </Menu.Item>
          )}
          {alive && member && (
            <Menu.Item
              leftSection={message.pinned_at ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
              onClick={() => void pin(message)}
            >
              {message.pinned_at ? t("message.unpin") : t("message.pin")}
            </Menu.Item>
          )}
          {member && !thread && (
            <Menu.Item leftSection={<IconEyeOff size={16} />} onClick={() => void unreadFrom(message)}>
              {t("message.markUnread")}
            </Menu.Item>
          )}
          {alive && member && (
            <Menu.Item leftSection={<IconRoute size={16} />} onClick={() => showTrace(message)}>
              {t(message.author === boot.me.id ? "trace.title" : "trace.why")}
            </Menu.Item>
          )}
          {message.edited_at && alive && (
            <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => showHistory(message)}>
              {t("message.history")}
            </Menu.Item>
          )}
          {mayChange(message, "remove") && (
            <>
              <Menu.Divider role="separator" />
              {mayTakeBack(message, boot.me.id) && (
                <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => void takeBack(message)}>
                  {t("message.takeBack")}
                </Menu.Item>
              )}
              <Menu.Item leftSection={<IconArrowForwardUp size={16} />} onClick={() => move(message)}>
                {t("message.move")}
              </Menu.Item>
              <Menu.Item
                color="var(--danger)"
                leftSection={<IconTrash size={16} />}
                onClick={() => void remove(message)}
              >
                {t("message.delete")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

// Whether it has reached somebody the server knows; what was answered, surely has.
const mayTakeBack = (message: Message, me: string) =>
  message.author === me && !message.replies && !message.reactions?.length && !message.answers?.length;
