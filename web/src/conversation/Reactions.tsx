import { IconMoodPlus } from "@tabler/icons-react";
import type { Message } from "../api/types";
import { EmojiButton } from "../emoji/EmojiButton";
import { number, t } from "../text/text";
import { listNames } from "../text/time";
import { react } from "./actions";
import { useRoom } from "./context";
import styles from "./Reactions.module.css";

export function Reactions({ message }: { message: Message }) {
  const { boot, nameOf } = useRoom();
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
      <EmojiButton
        className={styles.reaction}
        label={t("message.react")}
        onChoose={(emoji) => void react(message, emoji)}
      >
        <IconMoodPlus size={16} stroke={1.7} aria-hidden />
      </EmojiButton>
    </div>
  );
}
