import { Popover } from "@mantine/core";
import { IconMoodPlus } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import type { Message } from "../api/types";
import { number, t } from "../text/text";
import { listNames } from "../text/time";
import { react } from "./actions";
import { useRoom } from "./context";
import styles from "./Reactions.module.css";

const EmojiPicker = lazy(() => import("../emoji/EmojiPicker").then((m) => ({ default: m.EmojiPicker })));

export function Reactions({ message }: { message: Message }) {
  const { boot, nameOf } = useRoom();
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.reactions}>
      {message.reactions?.map(({ emoji, people }) => {
        const shown = people.slice(0, 12).map(nameOf);
        const names = listNames(
          people.length > 12 ? [...shown, t("reactions.more", { n: people.length - 12 })] : shown,
        );
        return (
          <button
            key={emoji}
            type="button"
            className={styles.reaction}
            aria-pressed={people.includes(boot.me.id)}
            aria-label={t("reactions.label", { emoji, names })}
            title={names}
            onClick={() => void react(message, emoji)}
          >
            <span aria-hidden>{emoji}</span>
            <span aria-hidden>{number(people.length)}</span>
          </button>
        );
      })}
      <Popover opened={open} onChange={setOpen} trapFocus returnFocus position="top-start" withinPortal>
        <Popover.Target>
          <button
            type="button"
            className={styles.reaction}
            aria-label={t("message.react")}
            title={t("message.react")}
            onClick={() => setOpen(!open)}
          >
            <IconMoodPlus size={16} stroke={1.7} aria-hidden />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t("emoji.title")}>
          <Suspense>
            <EmojiPicker
              onChoose={(emoji) => {
                setOpen(false);
                void react(message, emoji);
              }}
            />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
